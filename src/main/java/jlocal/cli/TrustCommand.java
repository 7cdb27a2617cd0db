package jlocal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.tls.CertificateAuthority;
import jlocal.tls.TrustStore;
import jlocal.tls.TrustStores;

/** Adds this user's certificate authority to the trust stores of browsers, or removes it. */
final class TrustCommand extends SimpleCommand {
  TrustCommand(String name) {
    super(name);
  }

  @Override
  int run(Values values, Context context) throws UserError {
    boolean trust = name().equals("trust");
    if (!trust && !CertificateAuthority.exists(context.environment())) {
      context.out().line("there is nothing to undo: no certificate was ever made");
      return ExitCode.DONE.status();
    }
    CertificateAuthority authority = authority(context);
    var ours = new TrustStores.RootCertificate(authority.certificateFile(), authority.name());
    List<TrustStore> stores = TrustStores.find(Path.of("/"), context.environment(), ours);
    context.out().line("the authority is \"" + ours.name() + "\" in " + ours.file());
    for (TrustStore store : stores) change(store, trust, context.out());
    String missing = TrustStores.missing(context.environment(), ours);
    if (!missing.isEmpty()) context.out().line(missing);
    if (stores.isEmpty())
      context.out().line("this system has no trust store that jlocal can change");
    return ExitCode.DONE.status();
  }

  private static CertificateAuthority authority(Context context) throws UserError {
    try {
      return CertificateAuthority.of(context.environment());
    } catch (IOException e) {
      throw new UserError(Problem.error(String.valueOf(e.getMessage())));
    }
  }

  private static void change(TrustStore store, boolean add, Out out) throws UserError {
    List<List<String>> commands = add ? store.adding() : store.removing();
    if (!store.writable()) {
      String purpose = add ? "to add it to " : "to remove it from ";
      out.line(purpose + store.name() + ", run:");
      out.line("  " + TrustStore.asRoot(commands));
      return;
    }
    try {
      TrustStore.run(commands);
      out.line((add ? "added to " : "removed from ") + store.name());
    } catch (TrustStore.Failed e) {
      String what = add ? " could not be added to" : " could not be removed from";
      throw new UserError("it" + what + " " + store.name(), String.valueOf(e.getMessage()));
    }
  }
}
