package jlocal.plan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.os.CallerEnvironment;
import jlocal.tls.CertificateAuthority;
import jlocal.tls.TrustVariables;
import org.jspecify.annotations.Nullable;

/** What all processes of an app inherit; its env files are laid over it. */
final class InheritedVariables {
  private InheritedVariables() {}

  /**
   * The caller's, and with HTTPS those by which programs trust it, unless the caller has them.
   *
   * @param isStart whether an authority is made if there is none
   * @param notes is told of it
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
      // Programs of the app refuse the certificates of others, and the router says why.
    }
    return changes;
  }
}
