package jlocal.names;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import jlocal.config.MainCheckout;

/**
 * The name of an app: its folder's, in a git worktree preceded by the worktree's.
 *
 * @param app the first part, which a checkout and its worktrees share
 * @param worktree empty for none
 */
public record AppName(String app, String worktree) {
  private static final int MAX_LABEL = 63;

  /**
   * Returns the name of an app.
   *
   * @param root a real path
   */
  public static AppName of(Path root) {
    Path checkout = MainCheckout.top(root);
    Path main = MainCheckout.of(checkout);
    if (main == null || checkout == null) return new AppName(label(root), "");
    return new AppName(label(root.equals(checkout) ? main : root), label(checkout));
  }

  /**
   * Returns a host label: a to z, digits and hyphens, but not a number, which would be an instance.
   */
  private static String label(Path folder) {
    Path name = folder.getFileName();
    String label =
        plain(name == null ? "" : name.toString())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    if (label.length() > MAX_LABEL - 4) label = label.substring(0, MAX_LABEL - 4);
    boolean isTaken = label.matches("[0-9]*") || label.equals("jlocal") || label.equals("web");
    return isTaken ? (label + "-app").replaceAll("^-", "") : label;
  }

  /** Removes accents from letters: {@code u} for {@code ü}. */
  private static String plain(String text) {
    if (text.chars().allMatch(c -> c < 128)) return text;
    return Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "");
  }

  /**
   * Returns it as a host without {@code .localhost}, different from those taken: {@code shop-2}.
   */
  public String host(Set<String> taken) {
    String before = worktree.isEmpty() ? "" : worktree + ".";
    for (int i = 1; ; i++) {
      String host = before + app + (i == 1 ? "" : "-" + i);
      if (!taken.contains(host)) return host;
    }
  }
}
