"""What each engine needs to search."""

from django.db import migrations

from everygenome.web.collections.search import tables


class Migration(migrations.Migration):
    dependencies = [("collections", "0001_initial")]
    operations = [migrations.RunPython(tables.make, tables.unmake)]
