package jlocal.router;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Maps the Host of a request to a process type: {@code api.localhost} to {@code api}, {@code
 * web.2.localhost} to one instance, {@code localhost} and every name outside of it to {@code web}.
 * Labels in front belong to the app: {@code acme.web.localhost} is {@code web}, too. Browsers
 * resolve such names to this machine (RFC 6761, section 6.3).
 */
final class HostNames {
  private static final String SUFFIX = ".localhost";

  private HostNames() {}

  /** The target; null when the name matches no type. */
  static BackendSet.@Nullable Target target(@Nullable String host, BackendTable table) {
    if (host == null) return BackendSet.Target.WEB;
    int end = host.lastIndexOf(':');
    int length = end < 0 || host.endsWith("]") ? host.length() : end;
    int prefix = length - SUFFIX.length();
    if (prefix <= 0 || !host.regionMatches(true, prefix, SUFFIX, 0, SUFFIX.length())) {
      return BackendSet.Target.WEB;
    }
    return target(List.of(host.substring(0, prefix).split("\\.", -1)), table);
  }

  /**
   * Whether a Host cannot be the name of another site that resolves to this machine (DNS
   * rebinding): {@code localhost}, a name under it, a loopback address, or one the router was told
   * to bind. Without a Host nothing is known.
   *
   * @param bound names and addresses without brackets
   */
  static boolean isLocal(@Nullable String host, List<String> bound) {
    if (host == null) return false;
    String name = host.replaceFirst(":[0-9]*$", "").replaceFirst("\\.$", "");
    if (name.startsWith("[")) name = name.replaceAll("[\\[\\]]", "");
    else if (name.indexOf(':') >= 0) return false;
    boolean isBound = bound.stream().anyMatch(name::equalsIgnoreCase);
    return isBound || ("." + name.toLowerCase(Locale.ROOT)).endsWith(SUFFIX) || isLoopback(name);
  }

  private static boolean isLoopback(String name) {
    try {
      return InetAddress.ofLiteral(name).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static BackendSet.@Nullable Target target(List<String> labels, BackendTable table) {
    String last = labels.getLast();
    int index = index(last);
    if (index > 0 && labels.size() < 2) return null;
    String name = index > 0 ? labels.get(labels.size() - 2) : last;
    if (name.equalsIgnoreCase(ProcessType.WEB.name()))
      return new BackendSet.Target(ProcessType.WEB, index);
    for (ProcessType type : table.types()) {
      if (type.name().equalsIgnoreCase(name)) return new BackendSet.Target(type, index);
    }
    return null;
  }

  private static int index(String label) {
    if (label.isEmpty() || label.length() > 6) return 0;
    return label.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(label) : 0;
  }

  /** The response to a request for an unknown name: 404 with the names that exist. */
  static LocalResponse notFound(String host, BackendTable table) {
    int colon = host.lastIndexOf(':');
    String port = colon < 0 ? "" : host.substring(colon);
    String names =
        table.types().stream()
            .map(type -> "  http://" + type.name().toLowerCase(Locale.ROOT) + SUFFIX + port)
            .collect(Collectors.joining("\n"));
    String known = names.isEmpty() ? "Nothing runs here yet." : "There are:\n" + names;
    return LocalResponse.text(404, "No process type has the name " + host + ".\n" + known);
  }
}
