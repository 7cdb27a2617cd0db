/** Accesses the operating system: children, process groups, signals, ports, terminals. */
@NullMarked
package jlocal.os;

import org.jspecify.annotations.NullMarked;
