package jlocal.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.text.TextFile;

/**
 * The env files beside {@code .env}, such as {@code .env.local}. Frameworks that read them do not
 * override variables that are already set, so jlocal must read them, too, in the framework's order.
 *
 * @param files all files to read, later ones override earlier ones; empty for {@code .env} alone
 * @param unread files that exist but are not read
 */
public record EnvLayers(List<String> files, List<String> unread) {
  private static final String LOCAL = ".env.local";
  private static final String MODE = ".env.development";
  private static final String MODE_LOCAL = ".env.development.local";
  private static final List<String> ALL = List.of(LOCAL, MODE, MODE_LOCAL);

  /**
   * A framework: how it is recognized, the variable with its mode, and the files it reads after
   * .env.
   */
  private record Framework(String file, Pattern evidence, String variable, List<String> layers) {}

  private static final List<Framework> FRAMEWORKS =
      List.of(
          // Next.js and Rails' dotenv read local files last.
          new Framework(
              "package.json",
              Pattern.compile("\"next\"\\s*:"),
              "NODE_ENV",
              List.of(MODE, LOCAL, MODE_LOCAL)),
          new Framework(
              "package.json",
              Pattern.compile("\"(?:vite|astro|@sveltejs/kit)\"\\s*:"),
              "NODE_ENV",
              List.of(LOCAL, MODE, MODE_LOCAL)),
          new Framework(
              "Gemfile",
              Pattern.compile("(?m)^\\s*gem\\s*\\(?\\s*[\"']dotenv(?:-rails)?[\"']"),
              "RAILS_ENV",
              List.of(MODE, LOCAL, MODE_LOCAL)),
          new Framework(
              "composer.json",
              Pattern.compile("\"symfony/(?:dotenv|framework-bundle)\"\\s*:"),
              "APP_ENV",
              List.of(LOCAL, ".env.dev", ".env.dev.local")));

  /** Returns the env files of an app. Reads only directory entries unless such a file exists. */
  public static EnvLayers of(Path root, Map<String, String> environment) {
    List<String> there = ALL.stream().filter(name -> isThere(root, name)).toList();
    if (there.isEmpty() && !isThere(root, ".env.dev.local")) return new EnvLayers(List.of(), there);
    for (Framework framework : FRAMEWORKS) {
      String mode = environment.getOrDefault(framework.variable(), "");
      if (!mode.isEmpty() && !mode.startsWith("dev")) continue;
      if (!framework.evidence().matcher(TextFile.orEmpty(root.resolve(framework.file()))).find())
        continue;
      List<String> read =
          Stream.concat(Stream.of(".env"), framework.layers().stream())
              .filter(name -> isThere(root, name))
              .toList();
      return new EnvLayers(read, there.stream().filter(name -> !read.contains(name)).toList());
    }
    return new EnvLayers(List.of(), there);
  }

  private static boolean isThere(Path root, String name) {
    return Files.isRegularFile(root.resolve(name));
  }
}
