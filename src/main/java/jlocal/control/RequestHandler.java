package jlocal.control;

/**
 * Carries out what clients ask of the app; every call but that for the end of the app is on a
 * thread of its own client.
 */
public interface RequestHandler {
  /**
   * Does what is asked; returns after it has been done. {@link Reply.Streaming} announces that
   * {@link #stream} is to follow. The end of the app is only ordered: its answer is {@link #ended}.
   */
  Reply answer(Request request);

  /** The answer for those who asked for the end of the app, when it has ended. */
  Reply ended();

  /**
   * Gives the client what it asked for, for as long as it wants it and is there. May block in
   * writing; what a slow reader misses is said.
   */
  void stream(Request request, Caller caller);
}
