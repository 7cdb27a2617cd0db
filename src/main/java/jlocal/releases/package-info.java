/**
 * The ledger of an app: what its env files and its Procfile were, and what changed them. The app
 * knows nothing of it.
 */
@NullMarked
package jlocal.releases;

import org.jspecify.annotations.NullMarked;
