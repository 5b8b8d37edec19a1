import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("ledger", "0001_catalogue"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "管委会领导"),
                            ("statistician", "统计人员"),
                            ("science_officer", "科技专员"),
                            ("investment_officer", "招商专员"),
                            ("window_officer", "窗口人员"),
                            ("finance_officer", "财政人员"),
                            ("talent_officer", "人才专员"),
                            ("bank_user", "银行用户"),
                            ("enterprise_user", "企业用户"),
                            ("applicant", "申请人"),
                            ("auditor", "审计人员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=24,
                        verbose_name="岗位",
                    ),
                ),
                ("display_name", models.CharField(max_length=60, verbose_name="姓名")),
                ("department", models.CharField(blank=True, max_length=80, verbose_name="部门")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "enterprise"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="ledger.subject",
                        verbose_name="所属企业",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "zones",
                    models.ManyToManyField(
                        blank=True,
                        limit_choices_to={"kind": "zone"},
                        related_name="members",
                        to="ledger.subject",
                        verbose_name="高新区",
                    ),
                ),
            ],
            options={
                "verbose_name": "账号",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("enterprise", None), ("role", "enterprise_user"), _connector="OR"
                        ),
                        name="enterprise_only_for_enterprise_users",
                    )
                ],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
    ]
