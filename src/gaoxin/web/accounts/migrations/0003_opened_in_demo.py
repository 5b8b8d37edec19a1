from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_must_change_password"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="opened_in_demo",
            field=models.BooleanField(default=False, verbose_name="演示中开通"),
        ),
    ]
