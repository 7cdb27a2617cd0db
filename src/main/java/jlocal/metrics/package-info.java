/**
 * Measures what processes use: Heroku's memory quotas ({@code start --memory}) and metrics in the
 * log ({@code --log-metrics}). The app does not know about it.
 */
@NullMarked
package jlocal.metrics;

import org.jspecify.annotations.NullMarked;
