package jlocal.cli;

import org.jspecify.annotations.Nullable;

/** Options of heroku, nf and Foreman that jlocal does not have, and what to do instead. */
final class ForeignOptions {
  private ForeignOptions() {}

  /** What to do instead; null for an option nobody has. */
  static @Nullable String instead(String name) {
    return switch (name) {
      case "-w" -> "to continue long lines below say  --wrap";
      case "--showenvs", "-s" -> "for the environment say  jlocal config";
      case "-r" ->
          "crashed processes are started again anyway (--restart); for nf's raw log say --no-prefix --raw";
      case "--forward", "--intercept", "-i" ->
          "nf's forward proxy is not needed; the router before web listens on --proxy-port";
      case "--ssl-key", "--ssl-cert" ->
          "certificates are made by jlocal: say  --https  and  jlocal trust";
      case "--start-cmd" -> "write the command into a Procfile, as  web: COMMAND";
      case "--app", "-a", "--remote" -> "the app is the folder's; for another one say --root DIR";
      case "--version", "-v", "-V" -> "for the version say  jlocal --version";
      default -> null;
    };
  }
}
