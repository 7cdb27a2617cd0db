package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Converts names of apps and types for the formats. Pure. */
final class ExportNames {
  private static final int DNS_LABEL = 63;

  private ExportNames() {}

  /** Replaces each run of characters other than ASCII letters, digits, '.' and '_' by a dash. */
  static String unit(String name) throws UserError {
    return checked(name, name.replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("^[-.]+|-+$", ""));
  }

  /** Returns a DNS label: in lower case, with each run of other characters replaced by a dash. */
  static String dns(String name) throws UserError {
    String lower = name.toLowerCase(Locale.ROOT);
    return checked(name, lower.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", ""));
  }

  private static String checked(String name, String made) throws UserError {
    if (!made.isEmpty()) return made;
    throw new UserError(
        Problem.error("there is no letter or digit in the name '" + Printable.of(name) + "'")
            .hint("name the app with -a"));
  }

  /** Returns the DNS labels of types, after the app's name unless that is empty. */
  static Map<String, String> dns(String app, List<String> types) throws UserError {
    var names = new LinkedHashMap<String, String>();
    var owners = new LinkedHashMap<String, String>();
    for (String type : types) {
      String name = app.isEmpty() ? dns(type) : app + "-" + dns(type);
      String other = owners.putIfAbsent(name, type);
      if (other != null) {
        String what = "%s and %s would both be named %s".formatted(other, type, name);
        throw new UserError(Problem.error(what).hint("rename one of them in the Procfile"));
      }
      if (name.length() > DNS_LABEL) {
        String what = "the name %s has more than %d characters".formatted(name, DNS_LABEL);
        throw new UserError(Problem.error(what).hint("choose a shorter name with -a"));
      }
      names.put(type, name);
    }
    return names;
  }
}
