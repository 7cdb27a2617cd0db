package jlocal.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import jlocal.config.MainCheckout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppNameTest {
  @TempDir Path folder;

  private Path made(String path) throws IOException {
    return Files.createDirectories(folder.resolve(path)).toRealPath();
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop",
    "My_Shop.v2, my-shop-v2",
    "Grüße.Ärger, grusse-arger",
    "日本, app",
    "2024, 2024-app",
    "---, app",
    "jlocal, jlocal-app",
    "web, web-app"
  })
  void an_app_is_called_as_its_folder(String name, String host) throws IOException {
    assertThat(AppName.of(made(name)).host(Set.of())).isEqualTo(host);
  }

  @Test
  void two_of_one_name_are_told_apart() throws IOException {
    AppName name = AppName.of(made("shop"));
    assertThat(name.host(Set.of("shop", "shop-3"))).isEqualTo("shop-2");
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void a_worktree_is_under_its_checkout(boolean isRelative) throws IOException {
    Path main = made("shop");
    Files.createDirectories(main.resolve(".git/worktrees/feature"));
    Path tree = made("trees/Feature 1");
    String data =
        isRelative ? "../../shop/.git/worktrees/feature" : main + "/.git/worktrees/feature";
    Files.writeString(tree.resolve(".git"), "gitdir: " + data + "\n");

    assertThat(MainCheckout.of(tree)).isEqualTo(main);
    assertThat(MainCheckout.counterpart(made("trees/Feature 1/apps/api")))
        .isEqualTo(main.resolve("apps/api"));
    assertThat(MainCheckout.counterpart(main)).isNull();
    assertThat(AppName.of(tree).host(Set.of())).isEqualTo("feature-1.shop");
    assertThat(AppName.of(made("trees/Feature 1/apps/api")).host(Set.of()))
        .isEqualTo("feature-1.api");
    assertThat(AppName.of(main).host(Set.of())).isEqualTo("shop");
  }

  @Test
  void a_submodule_is_no_worktree() throws IOException {
    Path module = made("shop/vendor/lib");
    Files.writeString(module.resolve(".git"), "gitdir: ../../.git/modules/lib\n");
    assertThat(AppName.of(module).host(Set.of())).isEqualTo("lib");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.localhost:8080, 1",
    "SHOP.localhost, 1",
    "api.shop.localhost, 1",
    "feature.shop.localhost:8080, 2",
    "api.feature.shop.localhost, 2",
    "web.2.shop.localhost, 1",
    "other.localhost, 0",
    "localhost, 0",
    "shop.localhost.evil.org, 0"
  })
  void a_host_is_that_of_the_app_whose_name_it_ends_with(String host, int port) {
    assertThat(OtherRunningApps.find(host, Map.of("shop", 1, "feature.shop", 2))).isEqualTo(port);
  }
}
