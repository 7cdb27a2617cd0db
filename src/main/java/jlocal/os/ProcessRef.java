package jlocal.os;

/**
 * A process as /proc or ps showed it.
 *
 * @param parent the pid of its parent; of whoever adopted it if that has ended
 * @param group its process group's id
 * @param startTime when it started, in a unit of the system's; with the pid it names one process
 *     for as long as the system runs, however pids are reused
 * @param zombie whether it has ended and only waits to be reaped
 */
record ProcessRef(long pid, long parent, long group, String startTime, boolean zombie) {}
