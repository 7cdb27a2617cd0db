package jlocal.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppSearchTest {
  private static final String DEV = "{\"scripts\":{\"dev\":\"node server.js\"}}";

  @TempDir Path root;

  private void given(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private AppSearch found() {
    return AppSearch.in(root, Map.of());
  }

  private List<String> choices() {
    return found() instanceof AppSearch.Several(var members)
        ? members.stream().map(member -> member.folder() + ": " + member.why()).toList()
        : List.of();
  }

  @Test
  void the_apps_of_workspaces_are_listed() throws IOException {
    given("package.json", "{\"workspaces\":[\"apps/*\",\"!apps/old\",\"lib\"]}");
    given("apps/web/package.json", DEV);
    given("apps/api/package.json", DEV);
    given("apps/worker/Procfile", "web: true\n");
    given("lib/package.json", "{\"name\":\"lib\"}");

    assertThat(choices())
        .containsExactly(
            "apps/api: the script dev of package.json",
            "apps/web: the script dev of package.json",
            "apps/worker: a Procfile");
  }

  @Test
  void the_script_of_the_root_is_one_of_them() throws IOException {
    given("package.json", "{\"scripts\":{\"dev\":\"turbo run dev\"}}");
    given("pnpm-workspace.yaml", "packages:\n  - 'apps/**'\n  - \"packages/*\"\n");
    given("apps/web/package.json", DEV);

    assertThat(choices())
        .containsExactly(
            ".: the script dev of package.json", "apps/web: the script dev of package.json");
  }

  @Test
  void the_only_app_of_workspaces_runs_in_its_folder() throws IOException {
    given("package.json", "{\"workspaces\":{\"packages\":[\"apps/*\",\"packages/*\"]}}");
    given("apps/web/package.json", DEV);
    given("packages/ui/package.json", "{\"name\":\"ui\"}");

    assertThat(found())
        .isInstanceOfSatisfying(
            AppSearch.One.class,
            one ->
                assertThat(one.detection().text()).isEqualTo("web: cd apps/web && npm run dev\n"));
  }

  @Test
  void folders_below_are_searched_if_the_root_has_no_app() throws IOException {
    given("backend/Procfile", "web: true\n");
    given("frontend/package.json", DEV);
    given("services/mail/go.mod", "module mail\n");
    given("services/mail/main.go", "package main\n");
    given("node_modules/x/package.json", DEV);
    given(".hidden/package.json", DEV);
    given("site/index.html", "");

    assertThat(choices())
        .containsExactly(
            "backend: a Procfile",
            "frontend: the script dev of package.json",
            "services/mail: go.mod and main.go");
  }

  @Test
  void an_app_in_the_root_wins_over_those_below() throws IOException {
    given("package.json", DEV);
    given("tools/package.json", DEV);

    assertThat(found()).isInstanceOf(AppSearch.One.class);
  }

  @Test
  void an_empty_folder_has_no_app() {
    assertThat(found()).isInstanceOf(AppSearch.Nothing.class);
  }
}
