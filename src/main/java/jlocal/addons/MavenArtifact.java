package jlocal.addons;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/**
 * A jar from a Maven repository: the central one, or its mirror in the user's settings.xml. Fetched
 * jars are kept in the local repository, too.
 *
 * @param coordinates {@code group:artifact}
 * @param home the user's Maven folder: {@code ~/.m2}
 */
public record MavenArtifact(String coordinates, Path home) {
  /** Receives the progress, on the fetching thread. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Reports progress.
     *
     * @param total in bytes; -1 if unknown
     */
    void at(long done, long total);
  }

  /** A version and its file. */
  record Fetched(String version, Path file) {}

  /**
   * Fetches the newest version and verifies its checksum.
   *
   * @param major the only acceptable major version; null for the highest
   * @throws IOException if that fails; the message says why
   */
  Fetched fetch(@Nullable Integer major, Progress progress) throws IOException {
    var overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .withMavenUserHomeOverride(home)
            .checksumPolicy(ChecksumPolicy.FAIL)
            .transferListener(listener(progress))
            .build();
    try (Context maven = Runtimes.INSTANCE.getRuntime().create(overrides)) {
      var session = maven.repositorySystemSession();
      String range = major == null ? "[1,)" : "[%d,%d-alpha)".formatted(major, major + 1);
      var any = new DefaultArtifact(coordinates + ":jar:" + range);
      var versions = new VersionRangeRequest(any, maven.remoteRepositories(), null);
      var found = maven.repositorySystem().resolveVersionRange(session, versions);
      if (found.getHighestVersion() == null) throw none(found.getExceptions());
      Artifact newest = any.setVersion(found.getHighestVersion().toString());
      var request = new ArtifactRequest(newest, maven.remoteRepositories(), null);
      Artifact file = maven.repositorySystem().resolveArtifact(session, request).getArtifact();
      return new Fetched(file.getVersion(), file.getFile().toPath());
    } catch (RepositoryException e) {
      throw new IOException(coordinates + ": " + reason(e), e);
    }
  }

  private IOException none(List<Exception> failures) {
    String why = failures.isEmpty() ? "there is none" : reason(failures.getLast());
    return new IOException(coordinates + ": " + why);
  }

  /** Returns the root cause, such as an unknown host. */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) cause = cause.getCause();
    String what = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    boolean isNamed = cause instanceof RepositoryException || what.contains(" ");
    return isNamed ? what : cause.getClass().getSimpleName() + ": " + what;
  }

  private static AbstractTransferListener listener(Progress progress) {
    return new AbstractTransferListener() {
      @Override
      public void transferProgressed(TransferEvent event) {
        var resource = event.getResource();
        if (!resource.getResourceName().endsWith(".jar")) return;
        progress.at(event.getTransferredBytes(), resource.getContentLength());
      }
    };
  }
}
