package jlocal.addons;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import jlocal.json.JsonFields;
import jlocal.json.JsonReader;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/**
 * The requests of Heroku's app.json before the first run of an app.
 *
 * @param env the config vars, by name
 * @param postdeploy a shell command to run once; empty for none
 * @param formation the number of processes of each type, without those of one
 * @param unused its keys without effect here
 */
public record AppJson(
    List<Wanted> addOns,
    SequencedMap<String, Variable> env,
    String postdeploy,
    SequencedMap<String, Integer> formation,
    List<String> unused) {
  /** The name of the file. */
  public static final String FILE = "app.json";

  /** Keys that only inform people, and keys that other parts of jlocal read. */
  private static final Set<String> SILENT =
      Set.of(
          "name",
          "description",
          "keywords",
          "website",
          "repository",
          "logo",
          "success_url",
          "$schema",
          "addons",
          "env",
          "scripts",
          "formation");

  /**
   * A requested add-on.
   *
   * @param attachment the first part of its variables' names; empty for the default
   */
  public record Wanted(String service, String plan, String attachment) {}

  /**
   * A config var.
   *
   * @param value empty for none
   * @param isSecret whether to generate a value
   */
  public record Variable(String value, boolean isSecret, boolean isRequired) {}

  /**
   * Reads the file in a folder.
   *
   * @throws UserError if it is invalid
   */
  public static AppJson in(Path folder) throws UserError {
    Path file = folder.resolve(FILE);
    try {
      String text = Files.readString(file);
      var _ = JsonReader.read(text); // reports the line of an error
      return of(JsonFields.read(text));
    } catch (JsonReader.SyntaxException e) {
      throw new UserError(Problem.error(FILE, e.line(), "not JSON: " + e.expected()));
    } catch (JsonFields.Malformed | IOException e) {
      throw new UserError(Problem.error(FILE, 0, String.valueOf(e.getMessage())));
    }
  }

  private static AppJson of(JsonFields json) {
    var addOns = new ArrayList<Wanted>();
    if (json.has("addons")) {
      if (!(json.values().get("addons") instanceof List<?> list)) {
        throw new JsonFields.Malformed("'addons' is not a list");
      }
      list.forEach(item -> addOns.add(wanted(item)));
    }
    var env = new LinkedHashMap<String, Variable>();
    if (json.has("env")) {
      json.object("env").values().forEach((name, value) -> env.put(name, variable(name, value)));
    }
    var scripts = json.has("scripts") ? json.object("scripts") : JsonFields.of();
    var unused = new ArrayList<>(json.values().keySet());
    unused.removeAll(SILENT);
    scripts
        .values()
        .keySet()
        .forEach(name -> {
          if (!name.equals("postdeploy")) unused.add("scripts." + name);
        });
    String postdeploy = scripts.has("postdeploy") ? scripts.text("postdeploy") : "";
    return new AppJson(addOns, env, postdeploy, formation(json), unused);
  }

  private static SequencedMap<String, Integer> formation(JsonFields json) {
    var all = new LinkedHashMap<String, Integer>();
    JsonFields types = json.has("formation") ? json.object("formation") : JsonFields.of();
    for (String type : types.values().keySet()) {
      JsonFields dyno = types.object(type);
      if (dyno.has("quantity") && dyno.small("quantity") != 1) {
        all.put(type, dyno.small("quantity"));
      }
    }
    return all;
  }

  private static Wanted wanted(Object item) {
    var fields = item instanceof JsonFields it ? it : JsonFields.of("plan", item);
    String[] plan = fields.text("plan").split(":", 2);
    String as = fields.has("as") ? fields.text("as") : "";
    return new Wanted(plan[0], plan.length > 1 ? plan[1] : "local", as);
  }

  private static Variable variable(String name, Object value) {
    if (value instanceof String text) return new Variable(text, false, true);
    if (!(value instanceof JsonFields fields)) {
      throw new JsonFields.Malformed("'" + name + "' of env is neither a string nor an object");
    }
    boolean isSecret = fields.has("generator") && fields.text("generator").equals("secret");
    boolean isRequired = !fields.has("required") || fields.flag("required");
    return new Variable(
        fields.values().get("value") instanceof String text ? text : "", isSecret, isRequired);
  }

  /** Returns the requested add-ons whose service is available. */
  public List<Wanted> available() {
    return addOns.stream().filter(it -> AddOnService.find(it.service()) != null).toList();
  }

  /** Returns the main variable of an add-on. */
  public String variableOf(Wanted wanted) throws UserError {
    AddOnService service = AddOnService.named(wanted.service());
    String as = wanted.attachment().isEmpty() ? service.attachment() : wanted.attachment();
    return new AddOn("", service, "", as, "", 0, "", InstalledServer.OWN).variable();
  }

  /** Returns the requested add-ons that are not available. */
  public List<String> unavailable() {
    return addOns.stream()
        .map(Wanted::service)
        .filter(it -> AddOnService.find(it) == null)
        .toList();
  }

  /** Returns the values, given or generated, of variables that are not known. */
  public Map<String, String> missing(Set<String> known) {
    var all = new LinkedHashMap<String, String>();
    env.forEach((name, it) -> {
      String value = it.isSecret() ? AddOns.secret() : it.value();
      if (!known.contains(name) && !value.isEmpty()) all.put(name, value);
    });
    return all;
  }
}
