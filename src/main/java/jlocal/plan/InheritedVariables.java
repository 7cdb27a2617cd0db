package jlocal.plan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import jlocal.os.CallerEnvironment;
import jlocal.tls.TrustVariables;
import org.jspecify.annotations.Nullable;

/** What all processes of an app inherit; its env files are laid over it. */
final class InheritedVariables {
  private InheritedVariables() {}

  /** The caller's, and with HTTPS those by which programs trust it, unless the caller has them. */
  static Map<String, @Nullable String> of(PlanRequest.Router router) {
    Map<String, String> caller = System.getenv();
    var changes = new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(caller));
    if (!router.hasHttps()) return changes;
    try {
      TrustVariables.of(caller)
          .forEach((name, value) -> {
            if (!caller.containsKey(name)) changes.putIfAbsent(name, value);
          });
    } catch (IOException _) {
      // Without them a program of the app refuses the certificates of others, as it says.
    }
    return changes;
  }
}
