package jlocal.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an app is called: as its folder, in a worktree of git under the name of the worktree.
 *
 * @param app the first part that a checkout and its worktrees share
 * @param worktree empty for none
 */
public record AppName(String app, String worktree) {
  private static final String WORKTREES = ".git/worktrees";
  private static final int MAX_LABEL = 63;

  /**
   * The name of an app.
   *
   * @param root a real path
   */
  public static AppName of(Path root) {
    Path checkout = root;
    while (checkout != null && !Files.exists(checkout.resolve(".git"))) {
      checkout = checkout.getParent();
    }
    Path main = checkout == null ? null : mainCheckout(checkout);
    if (main == null) return new AppName(label(root), "");
    return new AppName(label(root.equals(checkout) ? main : root), label(checkout));
  }

  /** The checkout that a worktree of git belongs to; null when the folder is no worktree. */
  public static @Nullable Path mainCheckout(Path folder) {
    Path file = folder.resolve(".git");
    try {
      if (!Files.isRegularFile(file)) return null;
      String text = Files.readString(file).strip();
      if (!text.startsWith("gitdir: ")) return null;
      Path data = folder.resolve(text.substring("gitdir: ".length())).normalize();
      Path worktrees = data.getParent();
      if (worktrees == null || !worktrees.endsWith(WORKTREES)) return null;
      Path git = worktrees.getParent();
      return git == null ? null : git.getParent();
    } catch (IOException _) {
      return null;
    }
  }

  /** A label of a host: a to z, digits and hyphens; a number alone would be an instance. */
  private static String label(Path folder) {
    Path name = folder.getFileName();
    String label =
        (name == null ? "" : name.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    if (label.length() > MAX_LABEL - 4) label = label.substring(0, MAX_LABEL - 4);
    boolean isTaken = label.matches("[0-9]*") || label.equals("jlocal") || label.equals("web");
    return isTaken ? (label + "-app").replaceAll("^-", "") : label;
  }

  /** As a host without {@code .localhost}, other than those that are taken: {@code shop-2}. */
  public String host(Set<String> taken) {
    String before = worktree.isEmpty() ? "" : worktree + ".";
    for (int i = 1; ; i++) {
      String host = before + app + (i == 1 ? "" : "-" + i);
      if (!taken.contains(host)) return host;
    }
  }
}
