package jlocal.cli;

/**
 * All that can be said about {@code jlocal ps}.
 *
 * @param watch whether it is shown again each second, in the same place
 */
record PsOptions(AppOptions app, boolean json, boolean watch) {}
