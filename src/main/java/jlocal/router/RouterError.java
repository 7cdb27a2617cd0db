package jlocal.router;

/**
 * Reasons for a response of the router instead of the app, with Heroku's codes and descriptions
 * (Dev Center, <i>Heroku Error Codes</i>).
 */
enum RouterError {
  H10("App crashed", 503, "The app has crashed and is not running."),
  H11("Backlog too deep", 503, "Too many requests are waiting for the app to start."),
  H12("Request timeout", 503, "The app accepted the request but did not respond in time."),
  H13(
      "Connection closed without response",
      503,
      "The app closed the connection without a response."),
  H14("No web processes running", 503, "No process of this type is running."),
  H15("Idle connection", 503, "This connection was idle for too long."),
  H17("Poorly formatted HTTP response", 502, "The app's response is not valid HTTP."),
  H18("Server Request Interrupted", 503, "The app closed the connection during the transfer."),
  H19("Backend connection timeout", 503, "The app's port did not accept the connection."),
  H20("App boot timeout", 503, "The app is starting, but its port has not opened yet."),
  H21("Backend connection refused", 503, "The app's port refuses connections."),
  H26("Request Error", 400, "The request is not valid HTTP, or is not supported."),
  H27("Client Request Interrupted", 499, "The client disconnected before the response."),
  H28("Client Connection Idle", 499, "The client stopped sending during the request."),
  H99("Platform error", 503, "The router itself failed: this is a bug in jlocal.");

  private final String description;
  private final int status;
  private final String meaning;

  RouterError(String description, int status, String meaning) {
    this.description = description;
    this.status = status;
    this.meaning = meaning;
  }

  /** Heroku's description, as in {@code desc="…"}. */
  String description() {
    return description;
  }

  /** The beginning of the request's log line. */
  String logged() {
    String at =
        switch (this) {
          case H18 -> "sock=backend at=error";
          case H27 -> "sock=client at=warning";
          case H28 -> "at=warning";
          default -> "at=error";
        };
    return at + " code=" + this + " desc=\"" + description + '"';
  }

  int status() {
    return status;
  }

  /** One sentence for the error page. */
  String meaning() {
    return meaning;
  }

  /** Whether the same request may succeed soon; then the error page reloads itself. */
  boolean isTransient() {
    return switch (this) {
      case H10, H11, H13, H14, H18, H19, H20, H21 -> true;
      case H12, H15, H17, H26, H27, H28, H99 -> false;
    };
  }
}
