/** Every contact with the operating system: children, groups, signals, ports, terminals. */
@NullMarked
package jlocal.os;

import org.jspecify.annotations.NullMarked;
