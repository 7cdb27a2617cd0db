import os
application = get_wsgi_application()
