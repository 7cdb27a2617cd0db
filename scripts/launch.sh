# What starting jlocal takes once its parts are found, for the checkout's launcher and that of the
# packages. They say: _jdk, a JDK 25 or an image of one; _version, its version; _jar, which has a jar with
# no more than its manifest beside it; _caches, the folder of the caches of loaded classes. All names
# begin with _: a variable of the caller's by the same name would be changed for his app, too.

# A standard stream that is closed would be the first file that Java opens. A one-off closes it again.
_closed=
{ true 9<&0; } 2>/dev/null || { exec </dev/null; _closed="<&-"; }
{ true 9>&1; } 2>/dev/null || { exec >/dev/null; _closed="$_closed >&-"; }
true 9>&2 || { exec 2>/dev/null; _closed="$_closed 2>&-"; }

HOME=${HOME-/}
# From a cache that knows its jar by a relative path the JVM looks for it once for each class.
case $_jar in /*) ;; *) _jar=$PWD/$_jar ;; esac
_main=${_jar%.jar}-launch.jar
_options="-XX:+UseSerialGC -XX:-UsePerfData -XX:-MaxFDLimit -Xms6m -Xmx256m"
# Memory that starting took goes back to the system.
_options="$_options -XX:TrimNativeHeapInterval=20000"
# The log of a running app wants the good compiler, but not while everything starts: four times later is
# soon enough.
_options="$_options -XX:CompileThresholdScaling=4"
# What is called by reflection is called once: nothing shall be made up to do it quicker.
_options="$_options -Djdk.reflect.useNativeAccessorOnly=true"
# To look for other selectors is to read the names of all that is in the jar.
if [ -d /proc/self ]; then
  _selectors=EPoll
else
  _selectors=KQueue
  _options="$_options -Djlocal.files=$(ulimit -n)" # Linux tells it in /proc.
fi
_options="$_options -Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.${_selectors}SelectorProvider"
# All values are texts to picocli, and none is a closure of Groovy's.
_options="$_options -Dpicocli.converters.excludes=java.* -Dpicocli.disable.closures=true"
# An idle JVM would look after its monitors four times a second.
_options="$_options -XX:+UnlockDiagnosticVMOptions -XX:AsyncDeflationInterval=60000"

# A Java thread touches this many pages below its stack's top: twenty by default, of which ten are for what
# the JDK no longer does, a buffer for sockets. Not all processors' JVMs allow less.
_stacks=-XX:StackShadowPages=10

# The JVM makes a thread for each signal, and loses it when there is none to be had. These are received by
# one that exists from the start: they must be blocked before there is any.
_block="/usr/bin/env --default-signal=INT --block-signal=HUP,INT,USR1,TERM,CHLD,CONT,WINCH"
# Without these the JVM would unblock them, and leave a socket in /tmp.
_receive="-Xrs -XX:+DisableAttachMechanism"

# Takes a lock whose owner, if there is one, is dead; or fails.
take() {
  mkdir "$1" 2>/dev/null || {
    _owner=$(cat "$1/pid" 2>/dev/null)
    if [ -n "$_owner" ]; then
      ! kill -0 "$_owner" 2>/dev/null
    else
      # One that was killed before it could write its pid.
      [ -n "$(find "$1" -prune -mmin +1 2>/dev/null)" ]
    fi && rm -rf "$1" && mkdir "$1" 2>/dev/null
  } || return
  echo $$ >"$1/pid"
  _lock=$1
  trap 'rm -rf "$_lock"' EXIT
  trap 'exit 130' INT TERM HUP
}

give_back() {
  rm -rf "$_lock"
  trap - EXIT INT TERM HUP
}

# A cache of loaded and linked classes (CDS, JEP 483) halves the time to start. It fits one jar and one
# JDK. A small one loads sooner, so there is one for the app and one for all that lives shortly.
train() {
  case $_caches in /*) ;; *) _caches=$PWD/$_caches ;; esac # The rehearsal has another working directory.
  [ "$_caches/jlocal-$_version-start.jsa" -nt "$_jar" ] && return
  take "$_caches/training" || return
  _run=$(mktemp -d) || return
  _in=/dev/null
  _port=$((17000 + $$ % 1000)) # Of two that do this at once, each has its own.
  rm -f "$_caches/jlocal-$_version-"*.jsa "$_caches/stacks" # Of a jar that is gone.
  "$_jdk/bin/java" $_stacks -version >/dev/null 2>&1 && : >"$_caches/stacks"
  copy_native
  printf 'web: echo ready; exec sleep 60\nworker: echo ready; exec sleep 60\n' >"$_lock/Procfile"
  echo 'worker: echo ready' >"$_lock/Procfile.pipe"
  echo 'KEY="a value"' >"$_lock/.env"
  (
    _options="$_options -Djlocal.tty0=1 -Djlocal.tty1=1"
    rehearse start start --proxy-port 0 -p $_port
  ) &
  (rehearse pipe start -f Procfile.pipe --tty never --no-proxy -p $((_port + 1000)))
  rehearse ask run true
  _tries=0
  until rehearse ps ps || [ "$_tries" -ge 50 ]; do
    sleep .1
    _tries=$((_tries + 1))
  done
  rehearse logs logs
  for _asked in '"initialize"' '"tools/list"' '"tools/call","params":{"name":"status"}'; do
    echo "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":$_asked}"
  done >"$_lock/asked"
  _in=$_lock/asked
  rehearse mcp mcp
  _in=/dev/null
  rehearse last stop
  rehearse none ps
  wait
  cat "$_lock/pipe.all" >>"$_lock/start.all"
  cat "$_lock/logs.all" "$_lock/mcp.all" "$_lock/none.all" "$_lock/ps.all" >>"$_lock/ask.all"
  cache ask
  cache start
  _done=$_caches/jlocal-$_version-start.jsa
  # A JVM that cannot start says so on stdout.
  "$_jdk/bin/java" -jar "$_main" version >"$_lock/version" 2>/dev/null && mv "$_lock/version" "$_caches/version"
  echo "$_jdk" >"$_caches/jdk"
  [ -f "$_done" ] || : >"$_done" # Not to be tried again.
  rm -rf "$_run"
  give_back
}

# JLine's library for this system, where the launcher looks for it.
copy_native() {
  case $(uname -sm) in
    "Linux x86_64") _system=Linux/x86_64 ;;
    "Linux aarch64") _system=Linux/arm64 ;;
    "Darwin x86_64") _system=Mac/x86_64 ;;
    "Darwin arm64") _system=Mac/arm64 ;;
    *) return ;;
  esac
  [ -d "${_jar%/*}/natives/org/jline/nativ/$_system" ] || return
  # A new file takes the old one's place: one written over would change in a running app, and crash it.
  mkdir -p "$_caches/native" "$_lock/native" || return
  cp "${_jar%/*}/natives/org/jline/nativ/$_system/"* "$_lock/native/" && mv -f "$_lock/native/"* "$_caches/native/"
}

# $1 names the list of the classes it loads; the rest is what jlocal does, in the folder of an app: with -d
# it would not look for the folder, and what it does not load here is read from the jar each time.
rehearse() {
  _list=$1 _name=$2
  shift 2
  [ "$_name" = start ] && can_block || _block='' _receive=''
  # shellcheck disable=SC2086 # the options are words
  (cd "$_lock" && exec env -i PATH="$PATH" HOME="$HOME" LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="$_run" \
    $_block "$_jdk/bin/java" $_options $_receive ${_block:+"-Djlocal.signals=$_block"} \
    "-XX:DumpLoadedClassList=$_lock/$_list.all" \
    "-Dlibrary.jline.path=$_caches/native" \
    -Djlocal.launched=1 -Djlocal.handover=/dev/null -jar "$_main" "$_name" "$@") \
    <"$_in" >/dev/null 2>&1
}

# Of a list without the numbers of that run and in no order of its own, so that the same classes make
# the same cache: first the classes, then what is known of them.
cache() {
  {
    sed '/^[@#]/d; s/ .*//' "$_lock/$1.all" | LC_ALL=C sort -u
    grep '^@' "$_lock/$1.all" | LC_ALL=C sort -u
  } >"$_lock/$1.list"
  # shellcheck disable=SC2086 # the options are words
  "$_jdk/bin/java" $_options -Xlog:disable -Xshare:dump -XX:+AOTClassLinking \
    "-XX:SharedClassListFile=$_lock/$1.list" "-XX:SharedArchiveFile=$_lock/$1.jsa" -cp "$_main" \
    >/dev/null 2>&1 && mv "$_lock/$1.jsa" "$_caches/jlocal-$_version-$1.jsa"
}

# Whether env(1) can start Java with its signals blocked, as that of GNU can from coreutils 8.31 on. The
# answer is kept: to ask takes as long as to use it.
can_block() {
  if [ "$_caches/signals" -nt "${_block%% *}" ]; then
    read -r _answer <"$_caches/signals"
  else
    # shellcheck disable=SC2086 # the options are words
    if $_block true 2>/dev/null; then _answer=yes; else _answer=no; fi
    echo "$_answer" 2>/dev/null >"$_caches/signals"
  fi
  [ "$_answer" = yes ]
}

# Java must not see these, its children must: "=value" was set, "" was not.
lend() {
  eval "JLOCAL_CALLER_$1=\${$1+=\$$1}; export JLOCAL_CALLER_$1"
}

# dash and its like drop variables that they cannot name, and bash's functions; the system still has them.
lend_odd() {
  [ -n "${BASH_VERSION-}" ] && return
  _odd='^([^=]*[^A-Za-z0-9_=]|[0-9])[^=]*='
  LC_ALL=C grep -qazE "$_odd" "/proc/$$/environ" 2>/dev/null || return
  JLOCAL_CALLER_ODD=$(LC_ALL=C grep -azE "$_odd" "/proc/$$/environ" | base64)
  export JLOCAL_CALLER_ODD
}

# Becomes jlocal with these arguments.
launch() {
  _command=${1-}
  case $#$_command in
    1version | 1--version | 1-v | 1-V)
      [ "$_caches/version" -nt "$_jar" ] && read -r _text <"$_caches/version" && echo "$_text" && exit
      ;;
  esac
  [ "$PWD" -ef . ] || [ -n "$(pwd -P 2>/dev/null)" ] || {
    echo "jlocal: the working directory is gone: change to another" >&2
    exit 2
  }
  # Options may come before the command.
  case $_command in
    -*)
      for _word in "$@"; do
        case $_word in
          run | local:run | release | start | local | local:start) _command=$_word && break ;;
        esac
      done
      ;;
  esac
  case $_command in
    start | local | local:start) _kind=start ;;
    *) _kind=ask ;;
  esac
  _cache=$_caches/jlocal-$_version-$_kind.jsa

  for _name in JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS; do
    eval "[ -n \"\${$_name+set}\" ]" && { lend "$_name"; unset "$_name"; }
  done
  # On Linux the JDK reads and writes names, arguments and variables in the encoding of the locale, and
  # makes question marks of what that has not. The name of a locale does not tell: it may not be
  # installed. C.UTF-8 always is. On macOS the encoding is always UTF-8.
  [ "$_selectors" = EPoll ] && { lend LC_ALL; LC_ALL=C.UTF-8; export LC_ALL; }

  case $_command in
    start | local | local:start | run | local:run | release) lend_odd ;;
  esac

  set -- -Djlocal.launched=1 -jar "$_main" "$@"
  [ -f "$_caches/stacks" ] && set -- "$_stacks" "$@"
  [ -d "$_caches/native" ] && set -- "-Dlibrary.jline.path=$_caches/native" "$@"
  [ -t 0 ] && set -- -Djlocal.tty0=1 "$@"
  [ -t 1 ] && set -- -Djlocal.tty1=1 "$@"
  [ -t 2 ] && set -- -Djlocal.tty2=1 "$@"
  # Starting the second compiler would take 5 ms of a short command.
  [ $_kind = ask ] && set -- -XX:TieredStopAtLevel=1 "$@"
  [ "$_cache" -nt "$_jar" ] && [ -s "$_cache" ] && set -- "-XX:SharedArchiveFile=$_cache" "$@"

  # A one-off takes the place of this shell: Java only says how, on descriptor 9.
  case $_command in
    run | local:run | release)
      exec 8>&1
      # shellcheck disable=SC2086 # the options are words
      _script=$("$_jdk/bin/java" -Xlog:disable $_options -Djlocal.handover=/dev/fd/9 "$@" 9>&1 >&8 8>&-)
      _status=$?
      exec 8>&-
      eval "exec $_closed"
      eval "$_script"
      exit $_status
      ;;
  esac

  [ $_kind = start ] && can_block || _block='' _receive=''
  # shellcheck disable=SC2086 # the options are words
  exec $_block "$_jdk/bin/java" -Xlog:disable $_options $_receive ${_block:+"-Djlocal.signals=$_block"} "$@"
}
