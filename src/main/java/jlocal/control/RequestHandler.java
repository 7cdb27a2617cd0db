package jlocal.control;

/** Carries out what clients ask of the app, each on the thread of its client. */
public interface RequestHandler {
  /**
   * Does what is asked; returns after it has been done. The end of the app is only ordered: its
   * answer is {@link #ended}.
   *
   * @throws jlocal.json.JsonFields.Malformed when the command or one of its arguments is not known
   */
  Reply answer(Request request);

  /** The answer for clients that asked for the end of the app, when it has ended. */
  Reply ended();
}
