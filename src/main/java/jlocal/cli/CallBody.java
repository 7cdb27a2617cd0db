package jlocal.cli;

import jlocal.os.WarmUp;

/** What a command does that asks a running app. */
interface CallBody<O> extends Body<O> {
  @Override
  default void foresee() {
    WarmUp.forCalls();
  }
}
