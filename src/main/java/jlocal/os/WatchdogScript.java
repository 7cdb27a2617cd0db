package jlocal.os;

/**
 * What the watchdog's shell runs. Not a resource: the jar would have to be opened for it, which
 * takes milliseconds before the first process.
 */
final class WatchdogScript {
  static final String TEXT =
      """
      # Ends the app when jlocal is gone without having done so itself. Its stdin is a pipe that only
      # jlocal writes to: "+GROUP" and "-GROUP" as process groups come and go, "bye" at a proper end;
      # end of file is jlocal's death. $1 is the run's JLOCAL_ID, $2 the grace in tenths of a second, $3
      # the folder of the run's cgroup, or nothing.
      trap '' INT TERM HUP QUIT TSTP TTOU
      id=$1 grace=$2 cgroup=$3

      # A variable for each group, for they may be thousands; no other's begins with this number.
      known=group_${id##*.}_

      while read -r word; do
        case $word in
          +*) eval "$known${word#+}=1" ;;
          -*) unset "$known${word#-}" ;;
          bye) exit 0 ;;
        esac
      done

      # Out of the app's cgroup only now: meanwhile no process can be started in the whole system.
      [ -n "$cgroup" ] && echo 0 >"${cgroup%/*}/cgroup.procs"

      groups=$(set | sed -n "s/^$known//p" | cut -d= -f1)

      strays() {
        [ -n "$cgroup" ] && cat "$cgroup/cgroup.procs"
        grep -lszx "JLOCAL_ID=$id" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
      }

      left() {
        if [ -n "$cgroup" ]; then
          read -r _ <"$cgroup/cgroup.procs"
          return
        fi
        for group in $groups; do
          kill -s 0 -- "-$group" 2>/dev/null && return
        done
        [ -n "$(strays)" ]
      }

      # A stopped process must continue to die.
      end() {
        for group in $groups; do
          kill -s "$1" -- "-$group"
          kill -s CONT -- "-$group"
        done
        for pid in $(strays); do
          kill -s "$1" "$pid"
          kill -s CONT "$pid"
        done
      } 2>/dev/null

      # A check takes time as well, so a process of its own measures the grace period.
      end TERM
      sleep "$((grace / 10)).$((grace % 10))" &
      clock=$!
      while kill -s 0 "$clock" 2>/dev/null && left; do
        sleep 0.1
      done
      # It ignores TERM, as we do.
      kill -s KILL "$clock" 2>/dev/null
      n=0
      while [ "$n" -lt 50 ] && left; do
        end KILL
        sleep 0.05
        n=$((n + 1))
      done
      [ -n "$cgroup" ] || exit 0
      echo 1 >"$cgroup/cgroup.kill"
      n=0
      until rmdir "$cgroup" 2>/dev/null || [ "$n" -ge 50 ]; do
        sleep 0.02
        n=$((n + 1))
      done
      """;

  private WatchdogScript() {}
}
