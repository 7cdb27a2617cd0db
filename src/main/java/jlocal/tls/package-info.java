/**
 * Certificates for HTTPS on this machine: the user's own certificate authority, and the trust
 * stores of the system and of browsers it is added to.
 */
@NullMarked
package jlocal.tls;

import org.jspecify.annotations.NullMarked;
