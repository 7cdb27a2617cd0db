/**
 * Keeps the ledger of an app: the content of its env files and Procfile, and what changed them. The
 * app does not know about it.
 */
@NullMarked
package jlocal.releases;

import org.jspecify.annotations.NullMarked;
