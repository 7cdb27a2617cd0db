/**
 * Add-ons: databases and the like that an app finds by config vars, as on Heroku. They run as
 * process types of the app, beside those of its Procfile.
 */
@NullMarked
package jlocal.addons;

import org.jspecify.annotations.NullMarked;
