import { LightningElement, api, wire } from 'lwc';
import { getRecord, getFieldValue } from 'lightning/uiRecordApi';
import SERVICE_LEVEL from '@salesforce/schema/Account.Service_Level__c';
import OLDEST from '@salesforce/schema/Account.Oldest_Machine_Year__c';
import machines from '@salesforce/apex/MachineController.machines';

export default class MachineList extends LightningElement {
    @api recordId;
    @api maxRows = 10;

    @wire(machines, { accountId: '$recordId', maxRows: '$maxRows' }) rows;
    @wire(getRecord, { recordId: '$recordId', fields: [SERVICE_LEVEL, OLDEST] }) account;

    get serviceLevel() {
        return getFieldValue(this.account.data, SERVICE_LEVEL);
    }
}
