"""A terminal with a shell in it, as far as a job can tell: the shell leads the session, each job is
its own process group in the foreground. Shared by the benches `orphans` and `run`; Linux."""

import errno, fcntl, os, pty, select, signal, struct, termios, time


class Job:
    """A command started from a shell in a terminal of its own."""

    def __init__(self, argv, cwd=None, env=None, size=(24, 80), stdin=None, stdout=None):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        reports, report = os.pipe()
        self.screen, self.reports, self.status = b"", b"", None
        self.shell = os.fork()
        if self.shell == 0:
            os.close(self.master), os.close(reports)
            try:
                _shell(slave, report, argv, cwd, env, stdin, stdout)
            finally:
                os._exit(99)
        os.close(slave), os.close(report)
        self._reports = reports
        os.set_blocking(self.master, False)
        self.until(lambda: self.pid is not None, 10)

    @property
    def pid(self):
        """The runner's pid, once the shell has told it."""
        return next((int(w[4:]) for w in self._words() if w.startswith("pid ")), None)

    @property
    def ended(self):
        """How the shell saw the job end: `7`, `SIGSEGV`; None while it runs."""
        return next((w[6:] for w in self._words() if w.startswith("ended ")), None)

    @property
    def stops(self):
        """How often the shell saw the job stop (Ctrl-Z)."""
        return sum(w == "stopped" for w in self._words())

    def _words(self):
        return self.reports.decode().splitlines()

    def type(self, text):
        os.write(self.master, text.encode())

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def foreground(self):
        """What `fg` does: the terminal is the job's again, and it goes on."""
        os.kill(self.shell, signal.SIGUSR1)

    def hang_up(self):
        """Closes the terminal's window."""
        os.close(self.master)
        self.master = None

    def pump(self, seconds):
        """Reads the screen and the shell's reports for so long, or until something came."""
        ends = [fd for fd in (self.master, self._reports) if fd is not None]
        for fd in select.select(ends, [], [], seconds)[0]:
            try:
                data = os.read(fd, 65536)
            except OSError as e:
                if e.errno not in (errno.EIO, errno.EAGAIN):
                    raise
                data = b""
                time.sleep(0.005)
            if fd == self.master:
                self.screen += data
            elif data:
                self.reports += data
            else:
                time.sleep(0.005)

    def until(self, condition, limit):
        """Waits for the condition; whether it came true within so many seconds."""
        end = time.monotonic() + limit
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self.pump(min(left, 0.02))
        return True

    def sees(self, text, limit=20):
        """Waits until the text stands on the screen."""
        return self.until(lambda: text.encode() in self.screen, limit)

    def text(self):
        return self.screen.decode(errors="replace").replace("\r", "")

    def close(self):
        """Ends shell and job and all else in their session. What left it is the caller's."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            _kill_in(self.shell, int(pid))
        os.kill(self.shell, signal.SIGKILL)
        os.waitpid(self.shell, 0)
        if self.master is not None:
            os.close(self.master)
        os.close(self._reports)


def _kill_in(session, pid):
    try:
        if pid != session and os.getsid(pid) == session:
            os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _shell(slave, report, argv, cwd, env, stdin, stdout):
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for s in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGQUIT):
        signal.signal(s, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        _job(slave, argv, cwd, env, stdin, stdout)
    try:
        os.setpgid(job, job)
    except OSError:
        pass
    low, high = sorted((slave, report))  # a pipe's end held here would keep it open
    os.closerange(3, low), os.closerange(low + 1, high), os.closerange(high + 1, 256)

    def say(text):
        os.write(report, (text + "\n").encode())

    def to_front(*_):
        os.tcsetpgrp(slave, job)
        os.killpg(job, signal.SIGCONT)

    def gone(*_):  # bash tells its jobs when the terminal goes
        os.killpg(job, signal.SIGHUP)
        os.killpg(job, signal.SIGCONT)

    signal.signal(signal.SIGUSR1, to_front)
    signal.signal(signal.SIGHUP, gone)
    say(f"pid {job}")
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        try:
            os.tcsetpgrp(slave, os.getpgrp())
        except OSError:
            pass  # the terminal is gone
        if os.WIFSTOPPED(status):
            say("stopped")
        else:
            break
    say("ended " + (signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status)
                    else str(os.WEXITSTATUS(status))))
    while True:
        signal.pause()


def _job(slave, argv, cwd, env, stdin, stdout):
    try:
        os.setpgid(0, 0)
        os.tcsetpgrp(slave, os.getpgrp())
        for s in range(1, 32):
            if s not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(s, signal.SIG_DFL)
        os.dup2(slave if stdin is None else stdin, 0)
        os.dup2(slave if stdout is None else stdout, 1)
        os.dup2(slave, 2)
        os.closerange(3, 256)
        if cwd:
            os.chdir(cwd)
        os.execvpe(argv[0], argv, os.environ if env is None else env)
    except BaseException as e:
        os.write(2, f"{argv[0]}: {e}\n".encode())
        os._exit(127)
