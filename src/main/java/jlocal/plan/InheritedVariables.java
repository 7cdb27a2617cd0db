package jlocal.plan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.os.CallerEnvironment;
import jlocal.tls.CertificateAuthority;
import jlocal.tls.TrustVariables;
import org.jspecify.annotations.Nullable;

/** The variables that all processes of an app inherit; its env files override them. */
final class InheritedVariables {
  private InheritedVariables() {}

  /**
   * Returns the caller's variables; with HTTPS also those that make programs trust it, unless the
   * caller has set them.
   *
   * @param isStart whether to create a missing authority
   * @param notes receives a note of that
   */
  static Map<String, @Nullable String> of(
      PlanRequest.Router router, boolean isStart, List<String> notes) {
    Map<String, String> caller = System.getenv();
    var changes = new LinkedHashMap<String, @Nullable String>(CallerEnvironment.restore(caller));
    if (!router.hasHttps()) return changes;
    try {
      if (isStart && !CertificateAuthority.exists(caller)) {
        CertificateAuthority.of(caller);
        notes.add("created a certificate authority: 'jlocal trust' makes browsers accept it");
      }
      TrustVariables.of(caller)
          .forEach((name, value) -> {
            if (!caller.containsKey(name)) changes.putIfAbsent(name, value);
          });
    } catch (IOException _) {
      // The app's programs reject the certificates of other apps, and the router reports why.
    }
    return changes;
  }
}
