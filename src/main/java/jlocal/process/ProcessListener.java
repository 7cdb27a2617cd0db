package jlocal.process;

/** Told of everything that happens to instances. */
public interface ProcessListener {
  /** Called on the manager's thread: hand over and return. */
  void onEvent(ProcessEvent event);
}
