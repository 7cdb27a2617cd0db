package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jlocal.ansi.ByteScan;

/**
 * All who follow the live log. Together they are given what persons and pipes can take and no more:
 * a flood would go through the processor once more for each of them, at the cost of who writes it.
 * What is beyond that is left out, and its lines are counted once for all.
 */
final class Followers {
  /** For all followers and sources together, in bytes a second. */
  static final long TOGETHER = 4 * 1024 * 1024;

  /** What each follower gets of each source all the same, so that a flood drowns no other. */
  static final long EACH = 64 * 1024;

  private final List<Follower> followers = new ArrayList<>();
  private final RateLimiter together = new RateLimiter(TOGETHER);
  private final Map<Source, RateLimiter> own = new HashMap<>();
  private final Set<Source> torn = new HashSet<>();

  void add(Follower follower) {
    followers.add(follower);
  }

  void remove(Follower follower) {
    followers.remove(follower);
  }

  void lines(Source source, ByteBuffer wholeLines, long now) {
    boolean rest = torn.remove(source);
    int wanting = wanting(source);
    if (wanting == 0) return;
    ByteBuffer text = copy(wholeLines);
    if (rest) text.position(ByteScan.afterLine(text, text.position(), text.limit()));
    if (!text.hasRemaining()) return;
    if (lets(source, text.remaining(), wanting, now)) {
      for (Follower each : followers) if (each.wants(source)) each.lines(source, copy(text));
    } else {
      miss(source, ByteScan.lines(text, text.position(), text.limit()));
    }
  }

  void partial(Source source, ByteBuffer piece, long now) {
    int wanting = wanting(source);
    if (wanting == 0 || torn.contains(source)) return;
    if (lets(source, piece.remaining(), wanting, now)) {
      for (Follower each : followers) if (each.wants(source)) each.partial(source, copy(piece));
    } else {
      miss(source, 1);
      torn.add(source);
    }
  }

  void stalled(Source source) {
    for (Follower each : followers) if (each.wants(source)) each.stalled(source);
  }

  void ended(Source source) {
    for (Follower each : followers) if (each.wants(source)) each.ended(source);
  }

  private int wanting(Source source) {
    int wanting = 0;
    for (Follower each : followers) if (each.wants(source)) wanting++;
    return wanting;
  }

  private boolean lets(Source source, int bytes, int wanting, long now) {
    return own.computeIfAbsent(source, _ -> new RateLimiter(EACH)).lets(bytes, now)
        || together.lets((long) bytes * wanting, now);
  }

  private void miss(Source source, int lines) {
    for (Follower each : followers) if (each.wants(source)) each.missed(source, lines);
  }

  private static ByteBuffer copy(ByteBuffer text) {
    return text.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
