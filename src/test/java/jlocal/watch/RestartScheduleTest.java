package jlocal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jlocal.watch.RestartSchedule.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartScheduleTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = 1_000 * MILLI;

  private final RestartSchedule schedule = new RestartSchedule();
  private final Set<String> changed = new HashSet<>();
  private long now = 77 * SECOND;

  private void write(String file, String... types) {
    changed.add(file);
    schedule.touched(file, List.of(types), now);
  }

  /** Advances time, and performs what is due. */
  private List<String> pass(long nanos) {
    var done = new ArrayList<String>();
    long end = now + nanos;
    while (schedule.nextDue() <= end) {
      now = Math.max(now, schedule.nextDue());
      for (Decision decision : schedule.due(now, changed::remove)) {
        if (decision instanceof Decision.Restart(var type, var files)) done.add(type + files);
        else done.add(decision.toString());
      }
    }
    now = end;
    return done;
  }

  @Test
  void it_waits_for_200_ms_without_an_event() {
    write("a", "web");
    assertThat(pass(150 * MILLI)).isEmpty();
    write("b", "web");
    assertThat(pass(199 * MILLI)).isEmpty();
    assertThat(pass(MILLI)).containsExactly("web[a, b]");
  }

  @Test
  void each_type_has_its_own_quiet_time() {
    write("a", "web", "worker");
    pass(150 * MILLI);
    write("b", "worker");
    assertThat(pass(100 * MILLI)).containsExactly("web[a]");
    assertThat(pass(100 * MILLI)).containsExactly("worker[a, b]");
  }

  @Test
  void an_event_without_a_change_restarts_nothing() {
    schedule.touched("a", List.of("web"), now);
    assertThat(pass(SECOND)).isEmpty();
    assertThat(schedule.nextDue()).isEqualTo(RestartSchedule.NEVER);
  }

  @Test
  void changes_during_a_restart_cause_one_restart_after_it() {
    write("a", "web");
    assertThat(pass(SECOND)).hasSize(1);
    for (int i = 0; i < 10; i++) {
      write("a", "web");
      assertThat(pass(SECOND)).isEmpty();
    }
    schedule.finished("web");
    assertThat(pass(MILLI)).containsExactly("web[a]");
    schedule.finished("web");
    assertThat(pass(SECOND)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {50, 300, 900, 3_000, 20_000, 45_000})
  void a_process_that_writes_its_own_watched_file_is_slowed_down(long millis) {
    write("data/state.json", "web");

    List<String> done = pass(3_600 * SECOND, "data/state.json", millis * MILLI);

    assertThat(done).filteredOn(it -> it.startsWith("Pause")).hasSize(1);
    assertThat(done.indexOf("Pause[type=web, file=data/state.json, nanos=10000000000]"))
        .isBetween(6, 10);
    assertThat(done.size()).isBetween(10, 30);
  }

  @Test
  void a_process_that_writes_new_files_each_time_is_slowed_down() {
    write("data/0.json", "web");
    assertThat(pass(100 * SECOND, () -> "data/" + now + ".json", 300 * MILLI))
        .anyMatch(it -> it.startsWith("Pause"));
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 150, 250, 700, 1_500})
  void a_process_that_writes_continuously_is_slowed_down_but_not_a_users_save(long millis) {
    var done = new ArrayList<String>();
    while (done.stream().noneMatch(it -> it.startsWith("Pause"))) {
      write("state", "web");
      done.addAll(pass(millis * MILLI));
      schedule.finished("web");
      assertThat(now).as("%s", done).isLessThan(77 * SECOND + 100 * SECOND);
    }
    for (int i = 0; i < 20; i++) {
      write("src/app.py", "web");
      long saved = now;
      done.clear();
      while (done.stream().noneMatch(it -> it.startsWith("web[") && it.contains("app.py"))) {
        done.addAll(pass(millis * MILLI));
        schedule.finished("web");
        write("state", "web");
      }
      assertThat(now - saved).isLessThanOrEqualTo(2 * RestartSchedule.MAX_DELAY);
      assertThat(done).noneMatch(it -> it.startsWith("Pause"));
    }
  }

  /** Advances time for a process that writes a file this long after each restart. */
  private List<String> pass(long nanos, String file, long delay) {
    return pass(nanos, () -> file, delay);
  }

  private List<String> pass(long nanos, Supplier<String> file, long delay) {
    var done = new ArrayList<String>();
    long end = now + nanos;
    while (now < end) {
      var some = pass(Math.min(10 * MILLI, end - now));
      done.addAll(some);
      if (some.stream().noneMatch(it -> it.startsWith("web["))) continue;
      schedule.finished("web");
      done.addAll(pass(Math.min(delay, end - now)));
      write(file.get(), "web");
    }
    return done;
  }

  @Test
  void another_file_restarts_at_once_while_it_is_slowed_down() {
    write("data/state", "web");
    pass(30 * SECOND, "data/state", 100 * MILLI);
    write("src/app.py", "web");
    assertThat(pass(250 * MILLI)).containsExactly("web[data/state, src/app.py]");
  }

  /** At any interval, such as a script's. */
  @ParameterizedTest
  @ValueSource(
      ints = {100, 300, 500, 800, 1_000, 1_100, 1_500, 2_100, 2_500, 4_000, 10_000, 30_000})
  void saves_at_regular_intervals_count_as_a_users(int millis) {
    saves(30, () -> millis * MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void saves_in_quick_succession_count_as_a_users(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int most = 1 + random.nextInt(8_000);
      saves(2 + random.nextInt(30), () -> (100 + random.nextInt(most)) * MILLI);
      pass(5 * SECOND + random.nextLong(60 * SECOND));
    }
  }

  /** Asserts that none is held back longer than a test, and nothing is reported. */
  private void saves(int count, Supplier<Long> gap) {
    var done = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      write("src/app.py", "web");
      long until = now + gap.get();
      while (now < until) {
        done.addAll(pass(Math.min(20 * MILLI, until - now)));
        schedule.finished("web");
      }
    }
    done.addAll(pass(RestartSchedule.MAX_DELAY));
    schedule.finished("web");
    assertThat(done).isNotEmpty().allMatch(it -> it.equals("web[src/app.py]"));
    assertThat(schedule.nextDue()).as("the last save").isEqualTo(RestartSchedule.NEVER);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void random_histories_keep_the_rules(long seed) {
    for (int i = 0; i < 500; i++) new History(new Random(seed * 1_000 + i)).run();
  }

  /** A random history, checked against a simple model. */
  private static final class History {
    private static final List<String> TYPES = List.of("web", "worker", "clock");
    private static final List<String> FILES = List.of("a", "b", "src/c", "src/d");

    private final Random random;
    private final RestartSchedule schedule = new RestartSchedule();
    private final Map<String, Integer> content = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, Map<String, Integer>> running = new HashMap<>();
    private final Map<String, Long> firstTouch = new HashMap<>();
    private final Map<String, Long> lastTouch = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private long now;

    History(Random random) {
      this.random = random;
      now = random.nextLong();
      TYPES.forEach(type -> running.put(type, new HashMap<>()));
    }

    /** Every type is concerned by some files. */
    private static List<String> concerned(String file) {
      return TYPES.stream().filter(type -> !(file + type).matches("aclock|.*dworker")).toList();
    }

    void run() {
      for (int step = 0; step < 60; step++) {
        now += random.nextInt(4) == 0 ? random.nextLong(5 * SECOND) : random.nextLong(250 * MILLI);
        String file = FILES.get(random.nextInt(FILES.size()));
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> touch(file, random.nextInt(3) > 0);
          case 3 -> TYPES.forEach(this::finish);
          default -> look();
        }
      }
      for (int i = 0; i < 40; i++) {
        TYPES.forEach(this::finish);
        if (schedule.nextDue() == RestartSchedule.NEVER) break;
        now = Math.max(now, schedule.nextDue());
        look();
      }
      // Nothing is lost: what runs has seen the last content of all that concerns it.
      assertThat(schedule.nextDue()).isEqualTo(RestartSchedule.NEVER);
      for (String file : content.keySet()) {
        for (String type : concerned(file)) {
          assertThat(running.getOrDefault(type, Map.of()).get(file)).isEqualTo(content.get(file));
        }
      }
    }

    private void touch(String file, boolean changes) {
      if (changes) content.merge(file, 1, Integer::sum);
      schedule.touched(file, concerned(file), now);
      concerned(file).forEach(type -> lastTouch.put(type, now));
      concerned(file).forEach(type -> firstTouch.putIfAbsent(type, now));
    }

    private void finish(String type) {
      if (busy.remove(type)) schedule.finished(type);
    }

    private void look() {
      for (Decision decision : schedule.due(now, this::isChanged)) {
        if (!(decision instanceof Decision.Restart(var type, var files))) continue;
        assertThat(files).isNotEmpty().allMatch(file -> concerned(file).contains(type));
        assertThat(busy.add(type)).as("while a restart is under way").isTrue();
        if (now - firstTouch.getOrDefault(type, now) < RestartSchedule.MAX_DELAY) {
          assertThat(now - lastTouch.getOrDefault(type, now))
              .isGreaterThanOrEqualTo(RestartSchedule.QUIET);
        }
        firstTouch.remove(type);
        assertThat(content).as("a change").isNotEqualTo(running.get(type));
        running.put(type, new HashMap<>(content));
      }
    }

    private boolean isChanged(String file) {
      Integer is = content.get(file);
      return is != null && !is.equals(seen.put(file, is));
    }
  }
}
