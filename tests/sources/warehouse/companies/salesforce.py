"""Two accounts: 1,200.00 EUR were won, 500.00 are open; a call of 125 seconds and a meeting of half an hour."""

from typing import Any

from tests.sources.warehouse.landers import Objects, snake

SYSTEM = "salesforce"
FIGURES = {
    "SELECT sum(amount_cents) FROM deal WHERE outcome = 'won'": 120000,
    "SELECT sum(amount_cents) FROM deal WHERE outcome = 'open'": 50000,
    "SELECT count(*) FROM deal_stage": 2,
    # 125 seconds are three minutes that began; the meeting took 30.
    "SELECT sum(minutes) FROM touch": 33,
    "SELECT count(*) FROM customer": 2,
}


def _at(day: str) -> str:
    return f"{day}T09:30:00.000+0000"


def _id(kind: str, n: int) -> str:
    return f"{kind}0000000000{n}AAA"


def _account(n: int, name: str) -> dict[str, Any]:
    return {
        "Id": _id("0010", n), "Name": name, "ParentId": None, "OwnerId": _id("0050", 1), "IsDeleted": False,
        "CreatedDate": _at("2024-01-01"), "Website": f"https://www.{name.lower()}.example", "Industry": "Retail",
        "BillingCountryCode": "ES", "AccountSource": "Web", "NumberOfEmployees": 12,
    }  # fmt: skip


def _deal(n: int, amount: float, stage: str, is_won: bool) -> dict[str, Any]:
    return {
        "Id": _id("0060", n), "AccountId": _id("0010", n), "Name": f"Deal {n}", "StageName": stage, "Amount": amount,
        "CurrencyIsoCode": "EUR", "CloseDate": "2024-03-31", "CreatedDate": _at("2024-01-15"), "IsWon": is_won,
        "OwnerId": _id("0050", 1), "IsClosed": is_won, "IsDeleted": False, "Type": "New Business", "LeadSource": "Web",
    }  # fmt: skip


ACCOUNTS = [_account(1, "Acme"), _account(2, "Beta")]
CONTACTS = [
    {"Id": _id("0030", 1), "AccountId": _id("0010", 1), "FirstName": "Ana", "LastName": "Gil", "Name": "Ana Gil",
     "Email": "ana@acme.example", "Title": "CFO", "IsDeleted": False}
]  # fmt: skip
DEALS = [_deal(1, 1200.0, "Closed Won", True), _deal(2, 500.0, "Proposal", False)]
USERS = [
    {"Id": _id("0050", 1), "Name": "Sam Sales", "FirstName": "Sam", "LastName": "Sales", "Email": "sam@us.example",
     "IsActive": True, "Title": "Account Executive", "Department": "Sales", "TimeZoneSidKey": "Europe/Madrid",
     "UserRoleId": _id("00E0", 1), "ManagerId": None}
]  # fmt: skip
ROLES = [{"Id": _id("00E0", 1), "Name": "Sales", "ParentRoleId": None}]
LEADS = [
    {"Id": _id("00Q0", 1), "CreatedDate": _at("2024-01-02"), "ConvertedDate": "2024-01-15", "IsConverted": True,
     "ConvertedAccountId": _id("0010", 1), "IsDeleted": False, "LeadSource": "Web", "OwnerId": _id("0050", 1),
     "Status": "Qualified", "Company": "Acme"}
]  # fmt: skip
TASKS = [
    {"Id": _id("00T0", 1), "AccountId": None, "WhoId": _id("0030", 1), "OwnerId": _id("0050", 1), "Subject": "Call",
     "CompletedDateTime": _at("2024-02-01"), "Status": "Completed", "TaskSubtype": "Call", "IsClosed": True,
     "CallDurationInSeconds": 125, "IsDeleted": False, "CreatedDate": _at("2024-02-01")}
]  # fmt: skip
EVENTS = [
    {"Id": _id("00U0", 1), "AccountId": _id("0010", 1), "WhoId": None, "OwnerId": _id("0050", 1), "ShowAs": "Busy",
     "Subject": "Demo", "StartDateTime": _at("2024-02-02"), "DurationInMinutes": 30, "Type": "Meeting",
     "IsDeleted": False}
]  # fmt: skip
HISTORY = [
    {"Id": f"h{n}", "OpportunityId": _id("0060", 1), "StageName": stage, "CreatedDate": _at(day)}
    for n, (stage, day) in enumerate((("Proposal", "2024-02-01"), ("Closed Won", "2024-03-31")))
]
AIRBYTE: Objects = {
    "Account": ACCOUNTS, "Contact": CONTACTS, "Opportunity": DEALS, "User": USERS, "UserRole": ROLES, "Lead": LEADS,
    "Task": TASKS, "Event": EVENTS, "OpportunityHistory": HISTORY,
}  # fmt: skip
DLT: Objects = {
    "account": ACCOUNTS, "contact": CONTACTS, "opportunity": DEALS, "sf_user": USERS, "user_role": ROLES,
    "lead": LEADS, "task": TASKS, "event": EVENTS, "opportunity_history": HISTORY,
}  # fmt: skip
FIVETRAN: Objects = {
    snake(name): [{snake(field): value for field, value in row.items()} for row in rows]
    for name, rows in AIRBYTE.items()
}
