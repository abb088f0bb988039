/** Where the privacy policy is accepted, and the field that says where from. */
export const privacyPath = '/privacy-policy';
export const returnField = 'then';
