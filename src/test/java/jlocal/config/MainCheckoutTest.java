package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main checkout of a git worktree. */
class MainCheckoutTest {
  @TempDir Path folder;

  private Path worktree(String gitdir) throws Exception {
    Path worktree = Files.createDirectories(folder.resolve("fix"));
    Files.createDirectories(folder.resolve("shop/.git/worktrees/fix"));
    Files.writeString(worktree.resolve(".git"), gitdir);
    return worktree;
  }

  @Test
  void a_folder_of_a_worktree_has_a_counterpart() throws Exception {
    Path main = folder.resolve("shop");
    for (String gitdir :
        new String[] {main + "/.git/worktrees/fix", "../shop/.git/worktrees/fix"}) {
      Path worktree = worktree("gitdir: " + gitdir + "\n");
      Path inside = Files.createDirectories(worktree.resolve("apps/api"));
      assertThat(MainCheckout.top(inside)).isEqualTo(worktree);
      assertThat(MainCheckout.of(worktree)).isEqualTo(main);
      assertThat(MainCheckout.of(inside)).isNull();
      assertThat(MainCheckout.counterpart(inside)).isEqualTo(main.resolve("apps/api"));
      assertThat(MainCheckout.counterpart(worktree)).isEqualTo(main);
    }
  }

  @Test
  void other_folders_have_none() throws Exception {
    assertThat(MainCheckout.top(folder)).isNull();
    assertThat(MainCheckout.of(null)).isNull();
    assertThat(MainCheckout.counterpart(folder)).isNull();
    // A submodule has such a file, too.
    Path submodule = worktree("gitdir: " + folder.resolve("shop/.git/modules/fix"));
    assertThat(MainCheckout.of(submodule)).isNull();
    assertThat(MainCheckout.of(worktree("something else"))).isNull();
    Path clone = Files.createDirectories(folder.resolve("shop"));
    assertThat(MainCheckout.top(clone)).isEqualTo(clone);
    assertThat(MainCheckout.counterpart(clone)).isNull();
  }
}
