package jlocal.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jlocal.os.CommandLookup;
import jlocal.os.User;

/** Finds the {@link TrustStore}s of a machine. */
public final class TrustStores {
  private static final List<String> UPDATE = List.of("update-ca-certificates");

  /** Also removes links to deleted certificates. */
  private static final List<String> UPDATE_FRESH = List.of("update-ca-certificates", "--fresh");

  private static final List<String> EXTRACT = List.of("update-ca-trust", "extract");
  private static final List<String> COMPAT = List.of("trust", "extract-compat");

  private static final List<Anchors> SYSTEMS =
      List.of(
          new Anchors("usr/local/share/ca-certificates", UPDATE, UPDATE_FRESH),
          new Anchors("etc/pki/ca-trust/source/anchors", EXTRACT, EXTRACT),
          new Anchors("etc/ca-certificates/trust-source/anchors", COMPAT, COMPAT),
          new Anchors("usr/share/pki/trust/anchors", UPDATE, UPDATE_FRESH));

  private static final String CHROMIUM = ".pki/nssdb";

  /** Folders whose subfolders are profiles of Firefox. */
  private static final List<String> FIREFOX =
      List.of(
          ".mozilla/firefox",
          "snap/firefox/common/.mozilla/firefox",
          "Library/Application Support/Firefox/Profiles");

  private static final List<String> CHROMIUMS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  /**
   * A folder of certificates that the administrator trusts.
   *
   * @param added command to run after adding a certificate
   * @param removed command to run after removing one
   */
  private record Anchors(String folder, List<String> added, List<String> removed) {}

  /**
   * The certificate to add or remove.
   *
   * @param file in PEM
   * @param name in lists of authorities
   */
  public record RootCertificate(Path file, String name) {}

  private final Path root;
  private final Path home;
  private final String path;
  private final RootCertificate certificate;
  private final List<TrustStore> stores = new ArrayList<>();

  private TrustStores(Path root, Map<String, String> environment, RootCertificate certificate) {
    this.root = root;
    this.certificate = certificate;
    home = User.home(environment);
    path = environment.getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
  }

  /**
   * Finds the trust stores of a user.
   *
   * @param root of the file system
   * @param environment of the user
   */
  public static List<TrustStore> find(
      Path root, Map<String, String> environment, RootCertificate certificate) {
    var found = new TrustStores(root, environment, certificate);
    SYSTEMS.forEach(found::system);
    found.mac();
    found.browsers();
    return List.copyOf(found.stores);
  }

  /**
   * Returns what to install so that the browsers' stores can be changed; empty if nothing is
   * missing.
   */
  public static String missing(Map<String, String> environment, RootCertificate certificate) {
    var found = new TrustStores(Path.of("/"), environment, certificate);
    boolean needed = found.has(CHROMIUMS) || !found.profiles().isEmpty();
    if (!needed || found.has(List.of("certutil"))) return "";
    return "Chromium and Firefox have their own trust stores: install certutil (libnss3-tools on"
        + " Debian, nss-tools on Fedora, nss on macOS) and run this again";
  }

  private void system(Anchors anchors) {
    Path folder = root.resolve(anchors.folder());
    if (!Files.isDirectory(folder) || !has(List.of(anchors.added().getFirst()))) return;
    String ours = folder.resolve("jlocal-" + System.getProperty("user.name") + ".crt").toString();
    stores.add(
        new TrustStore(
            "the system's certificates",
            List.of(
                List.of("install", "-m", "644", certificate.file().toString(), ours),
                anchors.added()),
            List.of(List.of("rm", "-f", ours), anchors.removed()),
            Files.isWritable(folder)));
  }

  private void mac() {
    Path keychain = home.resolve("Library/Keychains/login.keychain-db");
    if (!Files.exists(keychain)) return;
    String file = certificate.file().toString();
    stores.add(
        new TrustStore(
            "the keychain",
            List.of(
                List.of(
                    "security", "add-trusted-cert", "-r", "trustRoot", "-k", "" + keychain, file)),
            List.of(List.of("security", "remove-trusted-cert", file)),
            true));
  }

  private void browsers() {
    if (!has(List.of("certutil"))) return;
    Path chromium = home.resolve(CHROMIUM);
    boolean fresh = !Files.isDirectory(chromium);
    if (!fresh || has(CHROMIUMS)) stores.add(browser("Chromium's certificates", chromium, fresh));
    for (Path profile : profiles()) {
      stores.add(browser("Firefox's certificates (" + profile.getFileName() + ")", profile, false));
    }
  }

  /** Returns a store of NSS, the library of both browsers. */
  private TrustStore browser(String name, Path folder, boolean fresh) {
    String database = "sql:" + folder;
    var adding = new ArrayList<List<String>>();
    if (fresh) {
      adding.add(List.of("mkdir", "-p", "-m", "700", "" + folder.getParent(), "" + folder));
      adding.add(List.of("certutil", "-d", database, "-N", "--empty-password"));
    }
    String file = certificate.file().toString();
    adding.add(
        List.of(
            "certutil", "-d", database, "-A", "-t", "C,,", "-n", certificate.name(), "-i", file));
    var removing = List.of(List.of("certutil", "-d", database, "-D", "-n", certificate.name()));
    return new TrustStore(name, adding, removing, true);
  }

  private List<Path> profiles() {
    var profiles = new ArrayList<Path>();
    for (String folder : FIREFOX) {
      Path all = home.resolve(folder);
      if (!Files.isDirectory(all)) continue;
      try (DirectoryStream<Path> each = Files.newDirectoryStream(all)) {
        for (Path profile : each) {
          if (Files.exists(profile.resolve("cert9.db"))) profiles.add(profile);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return profiles;
  }

  private boolean has(List<String> programs) {
    return programs.stream()
        .anyMatch(program -> CommandLookup.inPath(program, path).findAny().isPresent());
  }
}
