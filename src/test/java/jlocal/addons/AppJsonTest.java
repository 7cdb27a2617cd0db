package jlocal.addons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import jlocal.addons.AppJson.Wanted;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppJsonTest {
  @TempDir Path app;

  private AppJson read(String text) throws IOException, UserError {
    Files.writeString(app.resolve("app.json"), text);
    return AppJson.in(app);
  }

  @Test
  void add_ons_are_strings_or_objects() throws Exception {
    AppJson json =
        read(
            """
            {"addons": ["heroku-postgresql:mini", "papertrail", "memcachier",
              {"plan": "heroku-redis", "as": "CACHE", "options": {"version": "7"}}]}
            """);
    assertThat(json.available())
        .containsExactly(
            new Wanted("heroku-postgresql", "mini", ""),
            new Wanted("memcachier", "local", ""),
            new Wanted("heroku-redis", "local", "CACHE"));
    assertThat(json.unavailable()).containsExactly("papertrail");
    assertThat(json.variableOf(json.available().getFirst())).isEqualTo("DATABASE_URL");
    assertThat(json.variableOf(json.available().get(1))).isEqualTo("MEMCACHIER_SERVERS");
    assertThat(json.variableOf(json.available().getLast())).isEqualTo("CACHE_URL");
  }

  @Test
  void config_vars_have_a_value_or_get_one() throws Exception {
    AppJson json =
        read(
            """
            {"env": {"A": "one", "B": {"value": "two"}, "KEY": {"generator": "secret"},
              "THERE": "x", "NONE": {"required": false}, "NEEDED": {"description": "d"}}}
            """);
    var missing = json.missing(Set.of("THERE"));
    assertThat(missing)
        .containsOnlyKeys("A", "B", "KEY")
        .containsEntry("A", "one")
        .containsEntry("B", "two");
    assertThat(missing.get("KEY")).matches("[0-9a-f]{32}");
    assertThat(json.env().get("NEEDED")).returns(true, AppJson.Variable::isRequired);
    assertThat(json.env().get("NONE")).returns(false, AppJson.Variable::isRequired);
  }

  @Test
  void its_formation_says_how_many() throws Exception {
    AppJson json =
        read(
            """
            {"formation": {"web": {"quantity": 2, "size": "standard-1x"},
              "worker": {"quantity": 0}, "clock": {"quantity": 1}, "urgent": {"size": "free"}}}
            """);
    assertThat(json.formation()).containsExactly(Map.entry("web", 2), Map.entry("worker", 0));
  }

  @Test
  void unused_settings_are_reported() throws Exception {
    AppJson json =
        read(
            "{\"name\": \"x\", \"stack\": \"heroku-24\", \"scripts\": {\"postdeploy\": \"p\","
                + " \"test\": \"t\"}}");
    assertThat(json.postdeploy()).isEqualTo("p");
    assertThat(json.unused()).containsExactly("stack", "scripts.test");
  }

  @Test
  void an_error_has_its_line() {
    assertThatThrownBy(() -> read("{\n  \"addons\": [\n}"))
        .hasMessageStartingWith("app.json:3: error: not JSON");
    assertThatThrownBy(() -> read("{\"addons\": \"heroku-postgresql\"}"))
        .hasMessage("app.json: error: 'addons' is not a list");
  }
}
