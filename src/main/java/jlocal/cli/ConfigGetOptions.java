package jlocal.cli;

/**
 * All that can be said about {@code jlocal config:get}.
 *
 * @param key the name of the config var
 * @param shell whether to print {@code KEY=value} rather than the bare value
 */
record ConfigGetOptions(AppOptions app, String key, boolean shell, boolean debug) {}
