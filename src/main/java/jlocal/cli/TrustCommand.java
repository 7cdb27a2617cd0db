package jlocal.cli;

import java.util.List;
import java.util.Locale;

/** Puts the authority of this user where browsers look for such, or takes it out again. */
record TrustCommand(Trust wanted, Body<Trust> body) implements SubCommand<Trust> {
  @Override
  public String name() {
    return wanted.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String summary() {
    return wanted.summary();
  }

  @Override
  public Arguments arguments() {
    return Arguments.NONE;
  }

  @Override
  public Trust read(Settings settings, List<String> words) {
    return wanted;
  }
}
