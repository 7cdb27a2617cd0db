package jlocal.cli;

import jlocal.formation.Scale;

/** What {@code start} was asked to run, and {@code check} to look at. */
record Wishes(
    AppOptions app, Scale scale, ShellOptions shell, PortOptions ports, RouterOptions router) {
  static Wishes of(StartOptions start) {
    return new Wishes(start.app(), start.scale(), start.shell(), start.ports(), start.router());
  }

  static Wishes of(CheckOptions check) {
    return new Wishes(check.app(), check.scale(), check.shell(), check.ports(), check.router());
  }
}
