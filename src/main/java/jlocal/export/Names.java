package jlocal.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** Names of apps and types as the formats can hold them. Pure. */
final class Names {
  private static final int DNS_LABEL = 63;

  private Names() {}

  /** Each run of characters that are no ASCII letters, digits, dots or underscores is a dash. */
  static String unit(String name) throws UserError {
    return checked(name, name.replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("^[-.]+|-+$", ""));
  }

  /** A DNS label: lower case, and each run of other characters than letters and digits a dash. */
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

  /** The DNS labels of types, with the app's name before them where it is not empty. */
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
