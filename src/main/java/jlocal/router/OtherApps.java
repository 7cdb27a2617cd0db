package jlocal.router;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Finds the apps that run beside this one by the names of their hosts. Called on I/O threads. */
public interface OtherApps {
  /**
   * Returns the port of the router of the app that serves a host; 0 if there is none.
   *
   * @param host as the client sent it, such as {@code api.shop.localhost:8080}
   */
  CompletionStage<Integer> port(String host);

  /** Whether an app is known to serve the host; does not search again. */
  boolean serves(String host);

  /** Reports that nothing listens on a port any more. */
  void gone(int port);

  /** The names of running apps, such as {@code shop.localhost}. */
  List<String> names();
}
