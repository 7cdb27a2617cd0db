package jlocal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are ignored as git ignores them. */
@Execution(ExecutionMode.CONCURRENT)
class IgnoreRulesTest {
  /** With _ for a blank. */
  private static final String RULES =
      """
      #_a_comment  *.o  !keep.o  /only-here.txt  doc/*.txt  doc/**/deep.md  logz/
      !logz/kept.txt  **/any/where  temp*/  a/**/z  \\#hash  \\!bang  trailing.txt___
      space\\_.txt  [a-c]1.py  [!a-c]2.py  q?.py  plus+.py  {x,y}.py  white/*  !white/list.py
      deep/*  !deep/er/  deep/er/*  !deep/er/*.py  dir-only/
      """;

  private static final String FILES =
      """
      main.c  main.o  keep.o  x/main.o  only-here.txt  x/only-here.txt  doc/a.txt  doc/b/a.txt
      doc/b/c/deep.md  doc/deep.md  logz/a.txt  logz/kept.txt  x/logz/a.txt  any/where
      x/any/where/y  template/a  temp.txt  a/z  a/b/z  a/b/c/z  #hash  !bang  trailing.txt
      space_.txt  a1.py  d1.py  a2.py  d2.py  qq.py  qqq.py  plus+.py  pluss.py  x.py
      {x,y}.py  white/a.py  white/list.py  deep/a.py  deep/er/a.py  deep/er/a.js
      deep/er/b/a.py  dir-only/a  x/dir-only  sub/a.py  sub/up.py  sub/anchored
      sub/x/anchored  sub/main.o  sub/sub/a.py  sub/sub/x/b.py  excluded.txt  x/excluded.txt
      """;

  /** Hides the git settings of the user who runs the tests. */
  static final Map<String, String> NO_SETTINGS =
      Map.of(
          "GIT_CONFIG_GLOBAL",
          "/dev/null",
          "GIT_CONFIG_SYSTEM",
          "/dev/null",
          "HOME",
          "/nowhere",
          "XDG_CONFIG_HOME",
          "");

  @TempDir Path root;

  private Map<String, String> settings = NO_SETTINGS;

  @BeforeEach
  void resolveLinks() throws IOException {
    root = root.toRealPath();
  }

  private void write(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }

  private static List<String> words(String text) {
    return Stream.of(text.strip().split("\\s+")).map(word -> word.replace('_', ' ')).toList();
  }

  private IgnoreRules ignored(String... wanted) {
    return new IgnoreRules(root, List.of(wanted), root.resolve("jlocal-logs"), settings);
  }

  /** The files that a walk does not find. */
  private Set<String> unseen(IgnoreRules ignored, List<String> files) {
    var found = new HashSet<Path>();
    var tree = new FileTree(root, ignored, Set.of());
    found.addAll(tree.suspects(_ -> {}));
    var unseen = new TreeSet<>(files);
    found.forEach(file -> unseen.remove(root.relativize(file).toString()));
    return unseen;
  }

  private Set<String> ignoredByGit(List<String> files) throws IOException {
    return new TreeSet<>(git(String.join("\n", files), "check-ignore", "--no-index", "--stdin"));
  }

  private List<String> git(String input, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().putAll(settings);
    Process git = builder.start();
    try (var stdin = git.outputWriter()) {
      stdin.write(input);
    }
    return git.inputReader().lines().toList();
  }

  @Test
  void nested_negated_escaped_and_wild_rules_mean_what_they_mean_to_git() throws IOException {
    git("", "init", "-q");
    write(".git/info/exclude", "excluded.txt");
    write(".gitignore", words(RULES).toArray(String[]::new));
    write("sub/.gitignore", "*.py", "!up.py", "/anchored", "!*.o");
    write("sub/sub/.gitignore", "!*.py");
    List<String> files = words(FILES);
    for (String file : files) write(file, "text");

    assertThat(files).hasSizeGreaterThan(34);
    assertThat(unseen(ignored(), files)).isEqualTo(ignoredByGit(files)).hasSizeGreaterThan(20);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void random_rules_mean_what_they_mean_to_git(long seed) throws IOException {
    var random = new Random(seed);
    git("", "init", "-q");
    // No name beyond ASCII: git's ? is a byte.
    var names = List.of("a", "b", "ab", "a.x", "b.x", "a+b", "c{1}");
    var files = new ArrayList<String>();
    for (String one : names) {
      files.add(one + "0");
      for (String two : names) {
        files.add(one + "/" + two + "0");
        for (String three : List.of("a", "b.x", "ab")) files.add(one + "/" + two + "/" + three);
      }
    }
    for (String file : files) write(file, "");
    for (int round = 0; round < 60; round++) {
      write(".gitignore", rules(random));
      write("a/.gitignore", rules(random));
      write("a/b/.gitignore", rules(random));
      String rules = Files.readString(root.resolve(".gitignore"));
      assertThat(unseen(ignored(), files)).as(rules).isEqualTo(ignoredByGit(files));
    }
  }

  private static String[] rules(Random random) {
    return random.ints(random.nextInt(4), 0, 1).mapToObj(_ -> rule(random)).toArray(String[]::new);
  }

  private static String rule(Random random) {
    String rule =
        pick(
            random, "a", "b", "ab", "a*", "*b", "*.x", "?.x", "[ab]", "[!a]*", "*", "**", "a+b",
            "c{1}", "a.x", "*0");
    for (int i = random.nextInt(3); i > 0; i--) {
      rule = pick(random, "a", "b", "*", "**", "ab", "?", "a*") + "/" + rule;
    }
    if (random.nextInt(4) == 0) rule = "/" + rule;
    if (random.nextInt(4) == 0) rule += "/";
    return random.nextInt(3) == 0 ? "!" + rule : rule;
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  @ParameterizedTest
  @CsvSource({
    ".git/HEAD, true",
    "node_modules/a/index.js, true",
    "web/node_modules/a/index.js, true",
    "target/classes/A.class, true",
    ".venv/bin/python, true",
    "src/__pycache__/a.pyc, true",
    ".next/a, true",
    "src/4913, true",
    "src/app.py~, true",
    "src/.app.py.swp, true",
    "src/.app.py.swx, true",
    "src/app.py___jb_tmp___, true",
    "src/#app.py#, true",
    "src/.#app.py, true",
    "log/development.log, true",
    "jlocal-logs/web.1.txt, true",
    "db.sqlite3, true",
    ".gitignore, true",
    "src/app.py, false",
    "src/targets.py, false",
    "bin/rails, false",
    "lib/build.rb, false",
    "logs.py, false",
    ".env.example, false"
  })
  void dependencies_build_folders_logs_and_temporary_files_are_ignored(String file, boolean is)
      throws IOException {
    write(file, "text");
    assertThat(unseen(ignored(), List.of(file)).contains(file)).isEqualTo(is);
  }

  @Test
  void a_gitignore_overrules_the_default_rules() throws IOException {
    write(".gitignore", "!vendor/", "!*.log");
    write("vendor/ours.go", "");
    write("fixture.log", "");
    assertThat(unseen(ignored(), List.of("vendor/ours.go", "fixture.log"))).isEmpty();
  }

  @Test
  void a_named_file_is_not_ignored_but_the_rest_of_its_folder_is() throws IOException {
    write(".gitignore", "target/", "*.conf");
    var files =
        List.of(
            "target/classes/A.class",
            "target/classes/p/B.class",
            "target/a.jar",
            "target/test-classes/C.class",
            "app.conf",
            "b.conf");
    for (String file : files) write(file, "");
    assertThat(unseen(ignored("target/classes", "app.conf"), files))
        .containsExactly("b.conf", "target/a.jar", "target/test-classes/C.class");
  }

  @Test
  void rules_of_the_folders_above_up_to_the_repository_count() throws IOException {
    Path repository = root;
    git("", "init", "-q");
    write(".gitignore", "*.gen", "/apps/web/local/");
    write("apps/.gitignore", "!b.gen");
    write("apps/web/a.gen", "");
    write("apps/web/b.gen", "");
    write("apps/web/local/c", "");
    root = repository.resolve("apps/web");
    assertThat(unseen(ignored(), List.of("a.gen", "b.gen", "local/c")))
        .containsExactly("a.gen", "local/c");
  }

  /** The user's file is at its usual place, or where the repository says. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_files_of_user_and_repository_mean_what_they_mean_to_git(boolean isUsual)
      throws IOException {
    Path repository = root;
    write("config/git/ignore", "*.mine", "/apps/web/mine/", "kept.txt", "!b.repo");
    write("config/other", "*.other", "a.repo");
    settings = new HashMap<>(NO_SETTINGS);
    settings.put("XDG_CONFIG_HOME", root.resolve("config").toString());
    git("", "init", "-q");
    if (!isUsual) git("", "config", "core.excludesFile", root.resolve("config/other").toString());
    write(".git/info/exclude", "*.repo", "/apps/web/local/", "!a.other");
    write("apps/.gitignore", "!kept.txt");
    var files =
        words("a.mine mine/a kept.txt a.other b.other a.repo b.repo local/a x/local/a c.txt");
    for (String file : files) write("apps/web/" + file, "");
    root = repository.resolve("apps/web");
    assertThat(unseen(ignored(), files)).isEqualTo(ignoredByGit(files)).hasSizeGreaterThan(3);
  }

  @Test
  void a_worktree_has_the_rules_of_its_repository() throws IOException {
    Path repository = Files.createDirectory(root.resolve("main"));
    Path tree = root.resolve("tree");
    root = repository;
    git("", "init", "-q");
    var author = List.of("-c", "user.name=a", "-c", "user.email=a@b");
    var commit = new ArrayList<>(author);
    commit.addAll(List.of("commit", "-q", "--allow-empty", "-m", "x"));
    git("", commit.toArray(String[]::new));
    write(".git/info/exclude", "local/");
    git("", "worktree", "add", "-q", tree.toString());
    root = tree;
    write("local/a", "");
    write("a", "");
    assertThat(unseen(ignored(), List.of("a", "local/a"))).containsExactly("local/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/apps/", "apps/**", "*"})
  void a_repository_that_ignores_the_whole_app_ignores_none_of_its_files(String rule)
      throws IOException {
    git("", "init", "-q");
    write(".gitignore", rule);
    write("apps/web/a.py", "");
    root = root.resolve("apps/web");
    assertThat(unseen(ignored(), List.of("a.py"))).isEmpty();
  }

  @Test
  void an_invalid_rule_is_ignored() throws IOException {
    write(".gitignore", "[a", "\\", "*.o");
    write("a.py", "");
    write("a.o", "");
    assertThat(unseen(ignored(), List.of("a.py", "a.o"))).containsExactly("a.o");
  }
}
