/* A child that writes lines as fast as it can, or at a steady pace, and says when.
 *
 *   writer flood NAME LINE_BYTES TOTAL_BYTES WRITE_BYTES STAMPS CHILDREN
 *   writer tick  NAME MICROSECONDS COUNT STAMPS CHILDREN
 *
 * flood: lines of LINE_BYTES with a running number, WRITE_BYTES in each write (at least one line).
 * tick: a line with the time of its own writing, every so often.
 * Both add "START END BYTES" (CLOCK_MONOTONIC, ns) to the file STAMPS when done, and stay until it
 * holds CHILDREN lines: some runners stop all when the first one ends.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void put(const char *bytes, long count) {
  while (count > 0) {
    long written = write(1, bytes, count);
    if (written < 0) exit(1);
    bytes += written;
    count -= written;
  }
}

static void number(char *to, int digits, long long value) {
  for (int i = digits - 1; i >= 0; i--, value /= 10) to[i] = '0' + value % 10;
}

static void done(const char *stamps, int children, long long start, long long end, long long bytes) {
  char line[100];
  int length = snprintf(line, sizeof line, "%lld %lld %lld\n", start, end, bytes);
  int file = open(stamps, O_CREAT | O_RDWR | O_APPEND, 0644);
  if (file < 0 || write(file, line, length) < 0) exit(1);
  for (int tries = 0; tries < 6000; tries++) {
    char all[100 * 64];
    long count = pread(file, all, sizeof all, 0);
    int lines = 0;
    for (long i = 0; i < count; i++) lines += all[i] == '\n';
    if (lines >= children) return;
    usleep(10000);
  }
}

static void flood(char **arg) {
  const char *name = arg[0];
  int line = atoi(arg[1]);
  long long total = atoll(arg[2]);
  int lines = atoi(arg[3]) / line;
  if (lines < 1) lines = 1;
  int digits = line >= 24 ? 12 : line - 1;
  char *text = malloc((size_t)lines * line);
  memset(text, 'x', (size_t)lines * line);
  long long start = now(), written = 0, count = 0;
  while (written < total) {
    for (int i = 0; i < lines; i++) {
      char *at = text + (size_t)i * line;
      number(at, digits, count++);
      at[line - 1] = '\n';
    }
    put(text, (long)lines * line);
    written += (long long)lines * line;
  }
  (void)name;
  done(arg[4], atoi(arg[5]), start, now(), written);
}

static void tick(char **arg) {
  int pause = atoi(arg[1]), count = atoi(arg[2]);
  long long start = now(), written = 0;
  for (int i = 0; i < count; i++) {
    usleep(pause);
    char line[64];
    int length = snprintf(line, sizeof line, "tick %lld\n", now());
    put(line, length);
    written += length;
  }
  done(arg[3], atoi(arg[4]), start, now(), written);
}

int main(int count, char **arg) {
  if (count == 8 && strcmp(arg[1], "flood") == 0) flood(arg + 2);
  else if (count == 7 && strcmp(arg[1], "tick") == 0) tick(arg + 2);
  else return 2;
  return 0;
}
