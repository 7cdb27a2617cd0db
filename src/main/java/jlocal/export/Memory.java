package jlocal.export;

/**
 * How much memory a process may use, in bytes.
 *
 * @param quota what it is expected to use
 * @param limit above this it is killed
 */
public record Memory(long quota, long limit) {}
