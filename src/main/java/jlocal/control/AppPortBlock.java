package jlocal.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.os.PrivateFiles;
import jlocal.os.User;

/**
 * The block of ports that an app gets when others use the default ones: chosen by its path and
 * remembered, so that it has the same addresses each time. A block remembered for one app is not
 * chosen for another. Any thread.
 */
public final class AppPortBlock {
  private static final int FIRST = 10_000;
  private static final int SIZE = 100;

  /** Below the ephemeral ports of clients: from 32768 on Linux, 49152 on macOS. */
  private static final int BLOCKS = 200;

  private static final Pattern LINE = Pattern.compile("([0-9]{5}) (\\S+) (.+)");

  private final AppKey app;
  private final Path file;

  /**
   * @param environment the caller's, which determines where blocks are remembered
   */
  public AppPortBlock(AppKey app, Map<String, String> environment) {
    this.app = app;
    file = User.dataFolder(environment).resolve("ports");
  }

  /** A remembered block: its first port, and the folder of its app. */
  private record Block(int base, String root) {}

  /** Its first port, for the processes. */
  public int base() {
    SequencedMap<String, Block> known = read();
    Block own = known.get(app.fileName());
    if (own != null) return own.base;
    int at = Math.floorMod(app.fileName().hashCode(), BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int base = FIRST + SIZE * ((at + i) % BLOCKS);
      if (known.values().stream().noneMatch(block -> block.base == base)) return base;
    }
    return FIRST + SIZE * at;
  }

  /** Returns its port for the router instead of the default: 12380 instead of 8080. */
  public int router(int usual) {
    return base() + usual % SIZE;
  }

  /** Remembers the port at which the app has started. A failure has no consequences. */
  public void remember(int base) {
    SequencedMap<String, Block> known = read();
    var block = new Block(base, app.root());
    if (base < FIRST || base >= FIRST + SIZE * BLOCKS || block.equals(known.get(app.fileName()))) {
      return;
    }
    known.values().removeIf(other -> !Files.exists(Path.of(other.root)));
    known.put(app.fileName(), block);
    var lines = new ArrayList<String>();
    known.forEach((name, each) -> lines.add(each.base + " " + name + " " + each.root));
    try {
      PrivateFiles.createFolders(file.toAbsolutePath().resolveSibling(""));
      // The JDK's temporary files would load its security providers before the first process.
      Path next = file.resolveSibling("ports." + ProcessHandle.current().pid());
      Files.write(next, lines);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      // It will be chosen by the path again.
    }
  }

  private SequencedMap<String, Block> read() {
    var known = new LinkedHashMap<String, Block>();
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher entry = LINE.matcher(line);
        if (!entry.matches()) continue;
        known.put(entry.group(2), new Block(Integer.parseInt(entry.group(1)), entry.group(3)));
      }
    } catch (IOException _) {
      // Nothing is remembered yet.
    }
    return known;
  }
}
