package jlocal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jlocal.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, with the events of the system and without. */
class FileWatcherTest {
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);

  @TempDir Path temp;
  private final List<String> said = new ArrayList<>();
  private final Set<String> changed = new TreeSet<>();
  private Path root;

  @SuppressWarnings("NullAway.Init") // by begin, in each test
  private FileTree tree;

  @SuppressWarnings("NullAway.Init")
  private FileWatcher changes;

  @BeforeEach
  void makeRoot() throws IOException {
    root = temp.toRealPath().resolve("app");
    write("src/app.py", "1");
    write("README", "1");
  }

  @AfterEach
  void close() {
    if (changes != null) changes.close();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void begin() {
    begin(FileWatcher::ofSystem);
  }

  private void begin(Callable<@Nullable WatchService> source) {
    Set<Path> others = Set.of(root.resolve(".env"), root.resolveSibling("shared.env"));
    var ignored = new IgnoreRules(root, List.of(), null, IgnoreRulesTest.NO_SETTINGS);
    tree = new FileTree(root, ignored, others);
    changes = new FileWatcher(root, tree, ignored, others, said::add);
    changes.begin(source);
  }

  /** Begins without events. */
  private void beginToLook() {
    begin(() -> {
      throw new IOException("User limit of inotify instances reached");
    });
  }

  /** Collects the changes. */
  private void take(long nanos) {
    try {
      for (Path file : changes.await(nanos)) {
        if (tree.isChanged(file)) changed.add(root.relativize(file).toString());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asserts that exactly these files change. */
  private void assertChanged(String... files) {
    Await.until(
        List.of(files) + " changed",
        () -> {
          take(SHORT);
          return changed.containsAll(List.of(files));
        },
        () -> changed);
    assertThat(changed).containsExactlyInAnyOrder(files);
    changed.clear();
  }

  /** Asserts that only a later change is reported. */
  private void assertUnchanged() throws IOException {
    write("marker", "m" + System.nanoTime());
    assertChanged("marker");
  }

  @Test
  void writing_creating_and_deleting_a_file_are_changes() throws IOException {
    begin();
    write("src/app.py", "2");
    assertChanged("src/app.py");
    write("src/new.py", "1");
    assertChanged("src/new.py");
    Files.delete(root.resolve("src/new.py"));
    assertChanged("src/new.py");
  }

  @Test
  void the_same_content_is_not_a_change_whatever_its_mode_and_time() throws IOException {
    begin();
    write("src/app.py", "1");
    Path file = root.resolve("README");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    Files.copy(file, root.resolve("copy.tmp"));
    Files.move(root.resolve("copy.tmp"), file, StandardCopyOption.REPLACE_EXISTING);
    assertUnchanged();
  }

  @Test
  void editors_that_write_a_new_file_and_rename_it_change_one_file() throws IOException {
    begin();
    write("src/4913", "");
    Files.delete(root.resolve("src/4913"));
    Files.move(root.resolve("src/app.py"), root.resolve("src/app.py~"));
    write("src/app.py", "2");
    Files.delete(root.resolve("src/app.py~"));
    assertChanged("src/app.py");
    write("src/app.py___jb_tmp___", "3");
    Files.move(
        root.resolve("src/app.py___jb_tmp___"),
        root.resolve("src/app.py"),
        StandardCopyOption.ATOMIC_MOVE);
    assertChanged("src/app.py");
  }

  @Test
  void new_folders_are_watched_with_what_is_in_them() throws IOException {
    begin();
    write("lib/deep/er/a.py", "1");
    assertChanged("lib/deep/er/a.py");
    write("lib/deep/er/a.py", "2");
    assertChanged("lib/deep/er/a.py");
    write("node_modules/x/y.js", "1");
    assertUnchanged();
    assertThat(changes.folders()).isEqualTo(6); // root, its own parent, src, lib, deep, er
  }

  @Test
  void a_folder_is_moved_within_in_and_out() throws IOException {
    begin();
    Files.move(root.resolve("src"), root.resolve("lib"));
    assertChanged("lib/app.py", "src/app.py");
    write("lib/app.py", "2");
    assertChanged("lib/app.py");
    Files.move(root.resolve("lib"), temp.resolve("elsewhere"));
    assertChanged("lib/app.py");
    Files.writeString(temp.resolve("elsewhere/app.py"), "3");
    assertUnchanged();
    Files.move(temp.resolve("elsewhere"), root.resolve("src"));
    assertChanged("src/app.py");
    write("src/app.py", "4");
    assertChanged("src/app.py");
  }

  @Test
  void a_gitignore_is_read_again_when_it_changes() throws IOException {
    write("gen/a.py", "1");
    begin();
    write(".gitignore", "gen/");
    assertUnchanged();
    int before = changes.folders();
    write("gen/a.py", "2");
    write("gen/b.py", "2");
    assertUnchanged();
    Files.delete(root.resolve(".gitignore"));
    assertChanged("gen/a.py", "gen/b.py");
    assertThat(changes.folders()).isEqualTo(before + 1);
    write("gen/a.py", "3");
    assertChanged("gen/a.py");
  }

  @Test
  void rules_above_the_root_are_read_again_when_they_change() throws IOException {
    Files.createDirectories(temp.resolve(".git/info"));
    begin();
    Files.writeString(temp.resolve(".git/info/exclude"), "/app/local/");
    assertUnchanged();
    write("local/a.py", "1");
    write("src/local/a.py", "1");
    assertChanged("src/local/a.py");
  }

  @Test
  void a_link_is_not_followed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("a.py"), "1");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("loop"), root);
    begin();
    Files.writeString(outside.resolve("a.py"), "2");
    Files.writeString(outside.resolve("b.py"), "2");
    assertUnchanged();
  }

  @Test
  void the_files_of_the_app_count_though_they_are_ignored_or_elsewhere() throws IOException {
    write(".gitignore", ".env");
    begin();
    write(".env", "A=1");
    assertChanged(".env");
    Files.writeString(root.resolveSibling("shared.env"), "B=1");
    assertChanged("../shared.env");
  }

  @Test
  void an_event_overflow_is_followed_by_a_scan() throws IOException {
    begin();
    var files = new ArrayList<String>();
    for (int i = 0; i < 2_000; i++) {
      files.add("src/" + i);
      write("src/" + i, "1");
    }
    assertChanged(files.toArray(String[]::new));
    assertThat(said).contains("too many changes at once: scanning all files");
  }

  @Test
  void a_root_that_disappears_and_comes_back_is_watched_again() throws IOException {
    begin();
    Files.move(root, temp.resolve("away"));
    Await.until("said", () -> takenUntilSaid("was removed"), () -> said);
    take(0);
    long before = System.nanoTime();
    take(TimeUnit.SECONDS.toNanos(10));
    assertThat(System.nanoTime() - before).as("looked for again").isGreaterThan(4 * SHORT);
    assertThat(changed).isEmpty();
    Files.writeString(temp.resolve("away/README"), "2");
    Files.move(temp.resolve("away"), root);
    assertChanged("README");
    write("src/app.py", "2");
    assertChanged("src/app.py");
    assertThat(said)
        .containsExactly(
            root + " was removed: nothing is watched until it reappears",
            root + " is back and watched again");
  }

  private boolean takenUntilSaid(String text) {
    take(SHORT);
    return said.stream().anyMatch(sentence -> sentence.contains(text));
  }

  @Test
  void without_events_all_files_are_scanned() throws IOException {
    beginToLook();
    assertThat(said)
        .containsExactly(
            "User limit of inotify instances reached: scanning all files every 0.5 s instead"
                + " (limits: sysctl fs.inotify)");
    write("src/app.py", "22");
    write("lib/new.py", "1");
    write("node_modules/x.js", "1");
    write(".env", "A=1");
    assertChanged("src/app.py", "lib/new.py", ".env");
    Files.delete(root.resolve("src/app.py"));
    assertChanged("src/app.py");
  }

  @Test
  void ignored_folders_take_no_watch() throws IOException {
    for (int i = 0; i < 300; i++) Files.createDirectories(root.resolve("node_modules/p" + i));
    begin();
    assertThat(changes.folders()).isEqualTo(3);
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fdinfo"))) {
      assertThat(all.mapToLong(FileWatcherTest::watches).max().orElse(0)).isBetween(3L, 50L);
    } catch (IOException _) {
      // There is no such folder on macOS.
    }
  }

  private static long watches(Path descriptor) {
    try (Stream<String> lines = Files.lines(descriptor)) {
      return lines.filter(line -> line.startsWith("inotify ")).count();
    } catch (IOException | java.io.UncheckedIOException _) {
      return 0;
    }
  }
}
