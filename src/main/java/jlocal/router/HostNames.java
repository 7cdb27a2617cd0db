package jlocal.router;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Maps the Host of a request to a process type: {@code api.localhost} to {@code api}, {@code
 * web.2.localhost} to one instance, {@code localhost} and all other names to {@code web}. Labels in
 * front belong to the app: {@code acme.web.localhost} is {@code web}, too. The name of the app is
 * {@code web}, and its types are under it: {@code api.shop.localhost}. Browsers resolve such names
 * to this machine (RFC 6761, section 6.3).
 */
final class HostNames {
  private static final String SUFFIX = ".localhost";

  private HostNames() {}

  /** Returns the target; null if the name matches no type. */
  static BackendSet.@Nullable Target target(@Nullable String host, BackendTable table) {
    String name = host == null ? null : below(host);
    if (name == null) return BackendSet.Target.WEB;
    BackendSet.Target type = target(labels(name), table);
    String app = table.name();
    if (type != null || app.isEmpty()) return type;
    if (name.equalsIgnoreCase(app)) return BackendSet.Target.WEB;
    int rest = name.length() - app.length() - 1;
    boolean isUnder = rest > 0 && name.regionMatches(true, rest, "." + app, 0, app.length() + 1);
    return isUnder ? target(labels(name.substring(0, rest)), table) : null;
  }

  /**
   * Returns the part before {@code .localhost}: {@code api.shop} for {@code
   * api.shop.localhost.:8080}; null if the host is not under localhost.
   */
  static @Nullable String below(String host) {
    int colon = host.lastIndexOf(':');
    int end = colon < 0 || host.endsWith("]") ? host.length() : colon;
    if (end > 0 && host.charAt(end - 1) == '.') end--;
    int length = end - SUFFIX.length();
    boolean isBelow = length > 0 && host.regionMatches(true, length, SUFFIX, 0, SUFFIX.length());
    return isBelow ? host.substring(0, length) : null;
  }

  private static List<String> labels(String name) {
    return List.of(name.split("\\.", -1));
  }

  /**
   * Whether a Host cannot be the name of another site that resolves to this machine (DNS
   * rebinding): {@code localhost}, a name under it, a loopback address, or one the router was told
   * to bind. True without a Host.
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

  /** Returns the port of a host under localhost, else the given one. */
  static int port(@Nullable String host, int other) {
    int colon = host == null ? -1 : host.lastIndexOf(SUFFIX + ":");
    if (host == null || colon < 0) return other;
    long port = HeaderFields.length(host.substring(colon + SUFFIX.length() + 1));
    return port > 0 && port < 65_536 ? (int) port : other;
  }

  private static int index(String label) {
    if (label.isEmpty() || label.length() > 6) return 0;
    return label.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(label) : 0;
  }

  /** Returns the response for an unknown name: 404 with the names that exist. */
  static LocalResponse notFound(String host, BackendTable table, @Nullable OtherApps others) {
    int colon = host.lastIndexOf(':');
    String port = colon < 0 ? "" : host.substring(colon);
    String names =
        Stream.concat(
                table.types().stream().map(type -> type.name().toLowerCase(Locale.ROOT) + SUFFIX),
                others == null ? Stream.of() : others.names().stream())
            .map(name -> "  http://" + name + port)
            .collect(Collectors.joining("\n"));
    String known = names.isEmpty() ? "No process is running here yet." : "There are:\n" + names;
    String what = others == null ? "No process type has" : "No process type and no app has";
    return LocalResponse.text(404, what + " the name " + host + ".\n" + known);
  }
}
