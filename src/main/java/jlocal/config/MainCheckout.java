package jlocal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the main checkout of a git worktree, which often has the env files that git ignores. */
public final class MainCheckout {
  private static final String WORKTREES = ".git/worktrees";
  private static final String LINK = "gitdir: ";

  private MainCheckout() {}

  /** Returns the root of the repository that contains a folder; null if there is none. */
  public static @Nullable Path top(Path folder) {
    Path at = folder;
    while (at != null && !Files.exists(at.resolve(".git"))) at = at.getParent();
    return at;
  }

  /** Returns the main checkout of a worktree; null if the folder is not the root of one. */
  public static @Nullable Path of(@Nullable Path worktree) {
    Path file = worktree == null ? null : worktree.resolve(".git");
    try {
      if (file == null || !Files.isRegularFile(file)) return null;
      String text = Files.readString(file).strip();
      if (!text.startsWith(LINK)) return null;
      Path data = file.resolveSibling(text.substring(LINK.length())).normalize();
      Path worktrees = data.getParent();
      if (worktrees == null || !worktrees.endsWith(WORKTREES)) return null;
      return worktrees.resolve("../..").normalize();
    } catch (IOException _) {
      return null;
    }
  }

  /**
   * Returns the folder of the main checkout that corresponds to a folder of a worktree; null if
   * there is none.
   */
  public static @Nullable Path counterpart(Path folder) {
    Path top = top(folder);
    Path main = of(top);
    return main == null || top == null ? null : main.resolve(top.relativize(folder)).normalize();
  }
}
