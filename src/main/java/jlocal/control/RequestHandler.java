package jlocal.control;

/** Handles the requests of clients, each on the client's thread. */
public interface RequestHandler {
  /**
   * Executes a request, and returns when it is done. The end of the app is only requested: its
   * reply is {@link #ended}.
   *
   * @throws jlocal.json.JsonFields.Malformed if the command or an argument is not known
   */
  Reply answer(Request request);

  /** The reply to clients that asked for the end of the app, when it has ended. */
  Reply ended();
}
