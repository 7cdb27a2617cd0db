package jlocal.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for each name under {@code localhost} that a client asks for (SNI), issued when it
 * is first asked for: a wildcard stands for one label, and not in every client.
 */
final class ServerKeys extends X509ExtendedKeyManager {
  private static final String KEY_TYPE = "EC";
  private static final String SUFFIX = ".localhost";

  /** Other names have the certificate for {@code localhost}; so have those beyond this number. */
  private static final int MOST_NAMES = 500;

  private final KeyPair pair;
  private final Issuer issuer;
  private final Map<String, X509Certificate[]> chains = new ConcurrentHashMap<>();

  /** Issues a certificate for a name besides {@code localhost}; empty for none. */
  @FunctionalInterface
  interface Issuer {
    X509Certificate[] issue(String name) throws GeneralSecurityException;
  }

  ServerKeys(KeyPair pair, Issuer issuer) throws GeneralSecurityException {
    this.pair = pair;
    this.issuer = issuer;
    chains.put("", issuer.issue(""));
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(keyType, engine.getHandshakeSession());
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return alias(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
  }

  private @Nullable String alias(String keyType, @Nullable SSLSession session) {
    if (!keyType.equals(KEY_TYPE)) return null;
    List<SNIServerName> asked =
        session instanceof ExtendedSSLSession extended
            ? extended.getRequestedServerNames()
            : new ArrayList<>();
    for (SNIServerName each : asked) {
      if (each instanceof SNIHostName host) return alias(host.getAsciiName());
    }
    return "";
  }

  private String alias(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (!name.endsWith(SUFFIX)) return "";
    if (chains.containsKey(name)) return name;
    if (chains.size() > MOST_NAMES) return "";
    try {
      chains.put(name, issuer.issue(name));
      return name;
    } catch (GeneralSecurityException _) {
      return "";
    }
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return chains.get(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair.getPrivate();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {""};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
